/* SPDX-License-Identifier: MIT */
/* The program of all boards for channel I/O: finds the devices on subchannels and uses each disk. */
#include "disk.h"
#include "leave.h"
#include "machine.h"
#include "say.h"
#include "vwr/gen/ids.h"

#define MAIN_DEVICES 16u
#define MAIN_REPORTS 4u /* two disks, one after the other */
#define MAIN_SLEEP_US 100000u
#define MAIN_PATIENCE_US 50000000u

void board_main(void); /* for start.S */
void board_put(char c);

/* The last one is of a disk that arrives later. */
static struct vwr_ccw found[MAIN_DEVICES + 1u];
static struct vwr_ccw_shared shared[MAIN_DEVICES + 1u];
static unsigned count;
static volatile uint32_t interrupts;
static bool by_interrupt;

void board_put(char c)
{
    machine_put(c);
}

/* An adapter's interrupt may be of any device. */
static void handle(void)
{
    interrupts++;
    for (unsigned i = 0; i < count; i++)
        (void)vwr_dev_irq(&found[i].dev);
}

void connect_idle(const volatile uint32_t *word, uint32_t seen, uint32_t us)
{
    if (by_interrupt)
        vwr_s390x_wait(word, seen, us);
}

static bool has_word(const char *word)
{
    for (const char *at = command_line; *at != '\0'; at++) {
        const char *w = word;

        for (const char *a = at; *w != '\0' && *a == *w; a++)
            w++;
        if (*w == '\0')
            return true;
    }
    return false;
}

static void say_device(const struct vwr_ccw *c)
{
    const char *const name = vwr_name(vwr_id_short_names, c->dev.type);

    say("device: ccw ");
    say_hex(c->subchannel, 8);
    say(" ");
    say(name != NULL ? name : "of unknown type");
    say(vwr_dev_is_legacy(&c->dev) ? ", legacy, revision " : ", modern, revision ");
    say_dec(c->dev.version);
    say("\n");
}

static void find_all(void)
{
    struct vwr_ccw_scan scan = {.host = &channel_host, .next = VWR_CCW_FIRST, .last = VWR_CCW_LAST};
    int r;

    while (count < MAIN_DEVICES && (r = vwr_ccw_scan_next(&scan, &found[count], &shared[count])) != 0)
        if (r > 0)
            say_device(&found[count++]);
}

static bool use_disk(struct vwr_ccw *c)
{
    const uint32_t before = interrupts;
    const bool good = disk_run(&c->dev, by_interrupt);

    say("interrupts: ");
    say_dec(interrupts - before);
    say(!by_interrupt ? " by none\n" : channel_host.adapter ? " by adapter\n" : " by classic\n");
    return good && (!by_interrupt || interrupts != before);
}

/* A disk that has arrived on a subchannel: uses it, and reads until it leaves. */
static bool use_arrived(uint32_t subchannel)
{
    const unsigned at = count;
    const int r = vwr_ccw_probe(&found[at], &channel_host, subchannel, &shared[at]);
    bool good;

    if (r != VWR_OK) {
        say("report: the device has left\n");
        return r == VWR_ENODEV || r == VWR_ERANGE;
    }
    say_device(&found[at]);
    count++; /* from here on, for interrupts */
    good = found[at].dev.type == VWR_ID_BLOCK && use_disk(&found[at]) && leave_run(&found[at].dev);
    count--;
    return good;
}

/* Serves channel reports until there was one for the arrival and one for the departure of each disk. */
static bool serve_reports(void)
{
    unsigned reports = 0;
    struct vwr_wait wait;
    uint32_t subchannel;

    say("reports: none yet\n");
    vwr_wait_begin(&wait, MAIN_PATIENCE_US);
    while (reports < MAIN_REPORTS && vwr_wait_more(&wait)) {
        const uint32_t seen = interrupt_reports;

        if (!channel_report(&subchannel)) {
            connect_idle(&interrupt_reports, seen, MAIN_SLEEP_US);
            continue;
        }
        reports++;
        if (!use_arrived(subchannel))
            return false;
    }
    say("machine checks: ");
    say_dec(interrupt_reports);
    say("\n");
    return reports == MAIN_REPORTS;
}

void board_main(void)
{
    bool good = false;

    by_interrupt = has_word("interrupt");
    channel_host.adapter = has_word("adapter");
    say("waits: ");
    say(by_interrupt ? "interrupt\n" : "polled\n");
    find_all();
    if (by_interrupt)
        interrupt_start(handle);
    for (unsigned i = 0; i < count; i++)
        if (found[i].dev.type == VWR_ID_BLOCK)
            good = use_disk(&found[i]);
    if (has_word("reports"))
        good = serve_reports();
    say(good ? "board: OK\n" : "board: FAILED: there is no disk, or it failed\n");
}

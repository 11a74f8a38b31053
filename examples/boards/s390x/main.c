/* SPDX-License-Identifier: MIT */
/* The program of all boards for channel I/O: finds the devices on subchannels and uses each disk. */
#include "disk.h"
#include "machine.h"
#include "say.h"
#include "vwr/gen/ids.h"

#define MAIN_DEVICES 16u

void board_main(void); /* for start.S */
void board_put(char c);

static struct vwr_ccw found[MAIN_DEVICES];
static struct vwr_ccw_shared shared[MAIN_DEVICES];
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

static void find_all(void)
{
    struct vwr_ccw_scan scan = {.host = &channel_host, .next = VWR_CCW_FIRST, .last = VWR_CCW_LAST};
    int r;

    while (count < MAIN_DEVICES && (r = vwr_ccw_scan_next(&scan, &found[count], &shared[count])) != 0) {
        const struct vwr_dev *const d = &found[count].dev;
        const char *const name = vwr_name(vwr_id_short_names, d->type);

        if (r < 0)
            continue;
        say("device: ccw ");
        say_hex(found[count].subchannel, 8);
        say(" ");
        say(name != NULL ? name : "of unknown type");
        say(vwr_dev_is_legacy(d) ? ", legacy, revision " : ", modern, revision ");
        say_dec(d->version);
        say("\n");
        count++;
    }
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
    say(good ? "board: OK\n" : "board: FAILED: there is no disk, or it failed\n");
}

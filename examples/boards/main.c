/* SPDX-License-Identifier: MIT */
/* One program for all boards: finds the devices of the machine and uses each disk. */
#include "board.h"
#include "connect.h"
#include "disk.h"
#include "find.h"
#include "say.h"
#include "vwr/gen/ids.h"

#define MAIN_DEVICES 64u
#define MAIN_FAILED "a disk failed"

static struct vwr_found found[MAIN_DEVICES];

static void say_at(const struct vwr_found *f)
{
    const uint32_t function = f->is_pci ? f->pci.function : 0;

    if (!f->is_pci) {
        say("mmio ");
        say_hex((uintptr_t)f->mmio.base, 8);
        return;
    }
    say("pci ");
    say_hex(function >> 8, 2);
    say(":");
    say_hex(function >> 3 & 31u, 2);
    say(".");
    say_dec(function & 7u);
}

static void say_device(const struct vwr_found *f)
{
    const char *const name = vwr_name(vwr_id_short_names, f->dev.type);

    say("device: ");
    say_at(f);
    say(" ");
    say(name != NULL ? name : "of unknown type");
    say(vwr_dev_is_legacy(&f->dev) ? ", legacy" : ", modern");
    if (f->is_pci) {
        say(", vectors ");
        say_dec(f->pci.vectors);
    }
    say("\n");
}

/* NULL: success. Sleeps are bounded, so a disk also works without its interrupts, but slowly. */
static const char *use_disk(struct vwr_found *f, bool by_interrupt)
{
    const uint32_t before = connect_count();
    const char *const by = connect_device(f);
    bool good;

    if (by == NULL) {
        say("ERROR: the device has no interrupt that the board supports\n");
        return MAIN_FAILED;
    }
    good = disk_run(&f->dev, by_interrupt);
    say("interrupts: ");
    say_dec(connect_count() - before);
    say(" by ");
    say(by);
    say("\n");
    if (!good)
        return MAIN_FAILED;
    return by_interrupt && connect_count() == before ? "0 interrupts were counted" : NULL;
}

/* NULL: success. */
static const char *use_disks(unsigned count, bool by_interrupt)
{
    const char *failure = NULL;
    unsigned disks = 0;

    for (unsigned i = 0; i < count; i++) {
        const char *wrong;

        if (found[i].dev.type != VWR_ID_BLOCK)
            continue;
        disks++;
        wrong = use_disk(&found[i], by_interrupt);
        failure = wrong != NULL ? wrong : failure;
    }
    if (disks != 0)
        return failure;
    find_say_searched();
    return "no disk found";
}

/* NULL: success. */
static const char *run(const struct board_description *d)
{
    const char *mode;
    unsigned count;

    if (!find_start(d))
        return "the description of the machine is invalid";
    mode = find_mode();
    if (mode == NULL)
        return "the command line contains neither polled nor interrupt";
    say("waits: ");
    say(mode);
    say("\n");
    count = find_all(found, MAIN_DEVICES);
    for (unsigned i = 0; i < count; i++)
        say_device(&found[i]);
    if (mode[0] == 'i')
        connect_start(d);
    return use_disks(count, mode[0] == 'i');
}

void boards_main(const struct board_description *d)
{
    const char *const failure = run(d);

    say(failure == NULL ? "board: OK" : "board: FAILED: ");
    say(failure == NULL ? "" : failure);
    say("\n");
    board_off(failure == NULL ? 0 : 1);
}

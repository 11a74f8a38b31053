/* SPDX-License-Identifier: MIT */
/* One program for all boards: whatever devices the machine says it has are found, each disk is used. */
#include "board.h"
#include "connect.h"
#include "disk.h"
#include "find.h"
#include "say.h"
#include "vwr/gen/ids.h"

static struct find_device found[FIND_DEVICES];

static void say_at(const struct find_device *f)
{
    if (f->pci == NULL) {
        say("mmio ");
        say_hex(f->at, 8);
        return;
    }
    say("pci ");
    say_hex(f->at >> 8, 2);
    say(":");
    say_hex(f->at >> 3 & 31u, 2);
    say(".");
    say_dec((uint32_t)f->at & 7u);
}

static void say_device(const struct find_device *f)
{
    const char *const name = vwr_name(vwr_id_short_names, f->dev->type);

    say("device: ");
    say_at(f);
    say(" ");
    say(name != NULL ? name : "of a type that has no name");
    say(vwr_dev_is_legacy(f->dev) ? ", legacy" : ", modern");
    if (f->pci != NULL) {
        say(", vectors ");
        say_dec(f->pci->vectors);
    }
    say("\n");
}

static bool use_disk(const struct find_device *f, bool by_interrupt)
{
    const uint32_t before = connect_count();
    const char *const by = connect_device(f);
    bool good;

    if (by == NULL) {
        say("ERROR: the device has no interrupt that the board can take\n");
        return false;
    }
    good = disk_run(f->dev, by_interrupt);
    say("interrupts: ");
    say_dec(connect_count() - before);
    say(" by ");
    say(by);
    say("\n");
    return good;
}

/* NULL: all went well. */
static const char *run(const struct board_description *d)
{
    const char *const mode = find_mode(d);
    const char *failure = NULL;
    unsigned disks = 0;
    unsigned count;

    if (mode == NULL)
        return "the command line says neither polled nor interrupt";
    say("waits: ");
    say(mode);
    say("\n");
    count = find_all(d, found, FIND_DEVICES);
    for (unsigned i = 0; i < count; i++)
        say_device(&found[i]);
    if (mode[0] == 'i')
        connect_start(d);
    for (unsigned i = 0; i < count; i++) {
        if (found[i].dev->type != VWR_ID_BLOCK)
            continue;
        disks++;
        if (!use_disk(&found[i], mode[0] == 'i'))
            failure = "a disk did not work";
    }
    return disks == 0 ? "no disk found" : failure;
}

void boards_main(const struct board_description *d)
{
    const char *const failure = run(d);

    say(failure == NULL ? "board: OK" : "board: FAILED: ");
    say(failure == NULL ? "" : failure);
    say("\n");
    board_off(failure == NULL ? 0 : 1);
}

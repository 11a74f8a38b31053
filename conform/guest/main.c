/* SPDX-License-Identifier: MIT */
#include "guest.h"

#include "vwr/gen/ids.h"
#include "vwr/tables.h"

/* The run: all cases of each device, as TAP, version 14. */

#define CASE_MS 30000u /* how long a case may wait in total */
#define ROBUSTNESS "robustness:"

static struct vwr_found found[DEVICES];
static struct {
    unsigned number; /* of the last case */
    unsigned device; /* the device under test: its index among those of its class */
    unsigned count[UNTESTED + 1];
} run;

static const struct device_class *class_of(uint32_t type)
{
    for (size_t i = 0; i < device_class_count; i++)
        if (device_classes[i]->type == type)
            return device_classes[i];
    return NULL;
}

static bool is_hostile(const struct todo *t)
{
    const char *at = t->basis;

    if (t->c->is_hostile)
        return true;
    for (const char *word = ROBUSTNESS; *word != '\0'; word++)
        if (*at++ != *word)
            return false;
    return true;
}

/* `index` makes the device's name in this run, such as blk0. */
static void say_case(const struct session *s, unsigned index, const struct todo *t, enum verdict r)
{
    run.number++;
    run.count[r]++;
    say("%s %u - %s%u %s%s (%s)", r == BROKEN ? "not ok" : "ok", run.number, s->class->name, index,
        case_prefix(t), t->c->name, t->basis);
    if (r == UNTESTED)
        say(" # SKIP %s", s->seen);
    say("\n");
    if (r == BROKEN)
        say("# seen: %s\n# expected: %s\n", s->seen, t->c->expects);
}

/* Whoever started the machine reads the console, and may answer. */
void guest_ask(struct session *s, uint32_t bytes)
{
    say("# wants: %s%u %s %u\n", s->class->name, run.device, s->class->outside, bytes);
}

static void try_device(struct vwr_found *f, const struct device_class *class, unsigned index)
{
    static struct session s;
    struct todo t;

    run.device = index;
    s = (struct session){.way = guest_way(f), .class = class, .case_ms = CASE_MS};
    if (!session_connect(&s)) {
        say("# %s%u: not tested: %s\n", class->name, index, s.seen);
        return;
    }
    session_end(&s);
    for (unsigned i = 0; find_case(&s, i, &t); i++) {
        enum verdict r;

        if (is_hostile(&t) && !words_have_hostile())
            continue;
        r = try_case(&s, &t);
        say_case(&s, index, &t, r);
    }
    if (!s.has_worked)
        say("# %s%u: the device has used no buffer in any case\n", class->name, index);
}

/* The number of a name: its index among the devices of its type. */
static unsigned index_of(unsigned device)
{
    unsigned index = 0;

    for (unsigned i = 0; i < device; i++)
        index += found[i].dev.type == found[device].dev.type;
    return index;
}

static void say_device(const struct vwr_found *f, const char *name, unsigned index)
{
    const uint32_t function = f->is_pci ? f->pci.function : 0;

    say("# device: %s%u ", name, index);
    if (f->is_pci)
        say("virtio-pci %x:%x.%x", function >> 8, function >> 3 & 31u, function & 7u);
    else
        say("virtio-mmio 0x%llx", (unsigned long long)(uintptr_t)f->mmio.base);
    say("%s\n", vwr_dev_is_legacy(&f->dev) ? " legacy" : " modern");
}

static void try_found(unsigned device)
{
    struct vwr_found *const f = &found[device];
    const struct device_class *const class = class_of(f->dev.type);
    const char *const type = vwr_name(vwr_id_short_names, f->dev.type);
    const char *const name = class != NULL ? class->name : type != NULL ? type : "unknown";

    say_device(f, name, index_of(device));
    if (class == NULL)
        say("# no cases: this image has none for the class\n");
    else if (!words_have_class(name))
        say("# no cases: the command line has other classes\n");
    else if (vwr_dev_is_legacy(&f->dev))
        say("# no cases: they are for modern devices; QEMU needs virtio-mmio.force-legacy=false\n");
    else
        try_device(f, class, index_of(device));
}

void guest_main(const struct machine *m)
{
    unsigned count;

    say("TAP version 14\n# Virtwright %u.%u.%u, conform\n", VWR_VERSION_MAJOR, VWR_VERSION_MINOR,
        VWR_VERSION_PATCH);
    words_read(m->command_line);
    if (!words_have_hostile())
        say("# without hostile cases, which the word hostile on the command line adds\n");
    count = find_devices(m, found);
    for (unsigned i = 0; i < count; i++)
        try_found(i);
    say("1..%u%s\n", run.number, run.number != 0 ? "" : " # SKIP no device with cases");
    say("# conform: end, %u kept, %u broken, %u not tested\n", run.count[KEPT], run.count[BROKEN],
        run.count[UNTESTED]);
    machine_off(run.count[BROKEN] == 0);
}

void guest_fail(const char *name, uint64_t cause, uint64_t at, uint64_t address)
{
    static bool is_second; /* an exception of this report */

    if (!is_second) {
        is_second = true;
        say("\nBail out! exception: %s 0x%x, at 0x%llx, address 0x%llx\n", name, (unsigned)cause,
            (unsigned long long)at, (unsigned long long)address);
    }
    machine_off(false);
}

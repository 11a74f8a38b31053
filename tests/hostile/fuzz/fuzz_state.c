/* SPDX-License-Identifier: MIT */
#include "class_buses.h"
#include "on_pci.h"

#include "vwr/v9p.h"
#include "vwr/vm.h"
#include "vwr/vstate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * A device that its guest uses (script.h) is saved and destroyed; its state is changed as the input
 * selects, and loaded into another device. Either the state is refused with a message, and the device is as
 * after its
 * init; or a save writes the same state. Then the guest continues, and after a reset the device must work.
 */

/*
 * A class with a state has a line here, and its class_NAME.c in CMakeLists.txt. The input selects it by
 * number.
 */
static const struct kind {
    enum world_class class;
    const struct world_service *service;
    const struct vwr_vstate_class *state;
} kinds[] = {
    {WORLD_BLK, NULL, &vwr_vblk_state},
    {WORLD_CONSOLE, NULL, &vwr_vconsole_state},
    {WORLD_PORTS, NULL, &vwr_vconsole_state},
    {WORLD_ENTROPY, NULL, &vwr_ventropy_state},
    {WORLD_SERVICE, &class_net, &vwr_vnet_state},
    {WORLD_SERVICE, &class_input, &vwr_vinput_state},
    {WORLD_SERVICE, &class_vsock, &vwr_vvsock_state},
    {WORLD_SERVICE, &class_i2c, &vwr_vi2c_state},
    {WORLD_SERVICE, &class_gpio, &vwr_vgpio_state},
    {WORLD_SERVICE, &class_rtc, &vwr_vrtc_state},
    {WORLD_SERVICE, &class_gpu, &vwr_vgpu_state},
    {WORLD_SERVICE, &class_balloon, &vwr_vballoon_state},
    {WORLD_SERVICE, &class_crypto, &vwr_vcrypto_state},
    {WORLD_SERVICE, &class_scsi, &vwr_vscsi_state},
    {WORLD_SERVICE, &class_sound, &vwr_vsound_state},
    {WORLD_SERVICE, &class_9p, &vwr_v9p_state},
    {WORLD_SERVICE, &class_fs, &vwr_vfs_state},
    {WORLD_SERVICE, &class_pmem, &vwr_vpmem_state},
    {WORLD_SERVICE, &class_iommu, &vwr_viommu_state},
    {WORLD_SERVICE, &class_mem, &vwr_vmem_state},
    {WORLD_SERVICE, &class_can, &vwr_vcan_state},
    {WORLD_SERVICE, &class_spi, &vwr_vspi_state},
    {WORLD_SERVICE, &class_scmi, &vwr_vscmi_state},
};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))
#define KINDS_ROOM 32u /* leaves room, so that a new row does not change what existing inputs mean */
#define CHANGES 8u
#define BYTES_MORE 64u
#define WORDS_BYTES 300u

static struct script script;
static const struct kind *kind;
static uint8_t place; /* 0: MMIO */

static struct vwr_vstate state_in(uint8_t *memory, size_t bytes)
{
    const struct vwr_vstate s = {.memory = memory,
                                 .bytes = bytes,
                                 .kind = (const struct vwr_vstate_class *const *)&kind->state,
                                 .kinds = 1,
                                 .bus = place != 0 ? &vwr_vpci_state : NULL};

    return s;
}

static uint8_t *block(size_t bytes)
{
    uint8_t *const p = malloc(bytes + 1);

    MUST(p != NULL);
    return p;
}

/* Saves the device to a heap block of exactly the required length; NULL: it cannot return its buffers. */
static uint8_t *save(size_t *bytes)
{
    uint8_t *memory = block(0);
    struct vwr_vstate s = state_in(memory, 0);
    const int r = vwr_vdev_save(world.dev, 0, &s);

    free(memory);
    MUST(r == VWR_ENOMEM || r == VWR_EINFLIGHT);
    if (r == VWR_EINFLIGHT)
        return NULL;
    *bytes = s.done;
    memory = block(*bytes);
    s = state_in(memory, *bytes);
    MUST(vwr_vdev_save(world.dev, 0, &s) == VWR_OK && s.done == *bytes);
    return memory;
}

static void change(uint8_t *memory, size_t *bytes, struct input *in)
{
    const uint8_t how = input_u8(in);
    const size_t at = *bytes != 0 ? input_u16(in) % *bytes : 0;
    const uint8_t value = input_u8(in);
    const size_t more = value % (BYTES_MORE / CHANGES);

    if (*bytes == 0)
        return;
    switch (how % 8u) {
    case 0:
        *bytes = at;
        break;
    case 1:
        memset(memory + *bytes, how >> 3, more);
        *bytes += more;
        break;
    case 2:
    case 3:
        memory[at] ^= (uint8_t)(1u << value % 8u);
        break;
    case 4:
        memory[at] = (uint8_t)(memory[at] + 1u);
        break;
    case 5:
        memory[at] = (uint8_t)(memory[at] - 1u);
        break;
    default:
        memory[at] = value;
    }
}

static void check_unused(void)
{
    const struct vwr_vdev *const v = world.dev;

    MUST(v->status == 0 && !v->live && !v->broken && v->interrupt == 0);
    for (unsigned i = 0; i < v->queues; i++)
        MUST(!v->queue[i].ready && v->queue[i].size == 0 && vwr_vqueue_in_flight(&v->queue[i]) == 0);
    if (place != 0)
        on_pci_check_unused();
}

static void renew(void)
{
    world_renew();
    if (place != 0)
        on_pci_begin(place);
}

/* The VMM's functions succeed meanwhile, as they did before. */
static int load_from(struct vwr_vstate *s)
{
    int r;

    class_feed(NULL);
    r = vwr_vdev_load(world.dev, 0, s);
    class_feed(&script.in);
    return r;
}

/* A changed path does not refer to a file. A save then writes a state without it. */
static bool loses_files(void)
{
    return kind->state == &vwr_v9p_state || kind->state == &vwr_vfs_state;
}

/* Checks that a save writes the same state, and continues. */
static void accepted(const uint8_t *memory, size_t bytes, bool is_changed)
{
    size_t again_bytes = 0;
    uint8_t *const again = save(&again_bytes);
    struct vwr_vstate s = state_in(again, again_bytes);

    MUST(again != NULL);
    if (is_changed && loses_files() && (again_bytes != bytes || memcmp(again, memory, bytes) != 0)) {
        renew();
        MUST(load_from(&s) == VWR_OK && s.done == again_bytes);
        accepted(again, again_bytes, false);
    } else {
        MUST(again_bytes == bytes && memcmp(again, memory, bytes) == 0);
        vwr_vdev_restart(world.dev, &s);
    }
    free(again);
}

static void load(uint8_t *memory, size_t bytes, bool is_changed)
{
    struct vwr_vstate s = state_in(memory, bytes);
    const int r = load_from(&s);
    char text[WORDS_BYTES];

    if (r == VWR_OK && s.done == bytes) {
        accepted(memory, bytes, is_changed);
        return;
    }
    if (!is_changed) {
        (void)vwr_vstate_explain(&s, text, sizeof(text));
        fprintf(stderr, "%s\n", text);
    }
    MUST(is_changed);
    if (r == VWR_OK) { /* bytes that belong to the VMM follow; it does not use the device */
        vwr_vm_reset(&world.vm);
        return;
    }
    MUST(r == VWR_EPROTO || r == VWR_ETYPE || r == VWR_EVERSION);
    MUST(vwr_vstate_explain(&s, text, sizeof(text)) > strlen("slot 0, byte 0: "));
    check_unused();
}

static void save_and_load(struct input changes, uint8_t count)
{
    size_t bytes = 0;
    uint8_t *const saved = save(&bytes);
    uint8_t *const wide = block(bytes + BYTES_MORE);
    uint8_t *exact;
    size_t before = bytes;

    if (saved == NULL) {
        const struct vwr_vstate s = state_in(NULL, 0);

        free(wide);
        vwr_vdev_restart(world.dev, &s);
        return;
    }
    memcpy(wide, saved, bytes);
    for (unsigned i = 0; i < count; i++)
        change(wide, &bytes, &changes);
    exact = block(bytes);
    memcpy(exact, wide, bytes);
    renew();
    load(exact, bytes, bytes != before || memcmp(exact, saved, bytes) != 0);
    free(exact);
    free(wide);
    free(saved);
}

static void begin(struct world_plan *plan)
{
    world_plan(plan, &script.in);
    plan->class = kind->class;
    if (plan->class == WORLD_SERVICE) {
        plan->service = kind->service;
        plan->later = false;
        plan->again = plan->again || kind->service->again;
    }
    if (place != 0) {
        plan->legacy = false;
        plan->again = true;
    }
    class_feed(&script.in);
    world_begin(plan);
    if (place != 0) {
        on_pci_begin(place);
        on_pci_place();
    }
    script_poke_meanwhile(&script);
}

static void step(void)
{
    if (place != 0 && (input_u8(&script.in) & 3u) == 3)
        on_pci_step(&script.in);
    else
        script_step(&script);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    static const struct script empty;
    struct world_plan plan;
    struct input changes;
    unsigned which, count, after;

    script = empty;
    script.in = (struct input){data, bytes};
    which = input_u8(&script.in) % KINDS_ROOM;
    kind = &kinds[which < KINDS ? which : which % KINDS];
    place = input_u8(&script.in);
    after = input_u8(&script.in) % 16u; /* steps */
    count = input_u8(&script.in) % (CHANGES + 1);
    changes = script.in;
    for (unsigned i = 0; i < 4 * count; i++)
        (void)input_u8(&script.in);
    begin(&plan);
    for (unsigned i = 0; i < after && script.in.left > 0; i++)
        step();
    save_and_load(changes, (uint8_t)count);
    while (script.in.left > 0)
        step();
    class_feed(NULL);
    world_run_until_idle();
    if (place != 0) {
        on_pci_reset();
        on_pci_place();
    }
    world_must_work();
    return 0;
}

/* SPDX-License-Identifier: MIT */
#include "ends.h"
#include "vwr/ventropy.h"

/* A VMM with a stream of bytes; the model is its position, of one byte. */

static const enum bench_how *forced; /* of an answer */

static uint32_t source(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n)
{
    struct bench_vmm *const vmm = e->context;
    const uint32_t some = n < vmm->data_bytes ? n : vmm->data_bytes;
    uint8_t *const at = vmm->model;

    vmm->calls++;
    if (n == 0)
        vmm->wrong = "there is no room";
    switch (forced != NULL ? *forced : vmm->how(vmm)) {
    case BENCH_RIGHT:
        for (uint32_t i = 0; i < some; i++)
            bytes[i] = bench_streamed(&bench_entropy_shapes, (*at)++);
        return some;
    default:
        vmm->kept++;
        return 0;
    }
}

static int source_init(struct bench_vmm *vmm, const struct vwr_vdev_setup *s)
{
    struct vwr_ventropy *const e = vmm->own;

    vmm->dev = &e->dev;
    return vwr_ventropy_init_with(e, s, source, vmm);
}

/* The VMM has bytes again, or wrongly says so: the device asks it again. */
static void source_answer(struct bench_vmm *vmm, unsigned number, enum bench_how how)
{
    (void)number;
    forced = &how;
    vwr_ventropy_resume(vmm->own);
    forced = NULL;
}

static bool source_is_void(const struct bench_vmm *vmm)
{
    (void)vmm;
    return false;
}

const struct bench_device bench_entropy_device = {
    .shapes = &bench_entropy_shapes,
    .own_bytes = sizeof(struct vwr_ventropy),
    .model_bytes = sizeof(uint8_t),
    .init = source_init,
    .answer = source_answer,
    .is_void = source_is_void,
};

/* SPDX-License-Identifier: MIT */
#include "ends.h"
#include "pmem.h"
#include "vwr/vpmem.h"

/* A VMM with a medium. */

static int medium_flush(struct vwr_vpmem *v, uint64_t ticket)
{
    struct bench_vmm *const vmm = v->context;

    vmm->calls++;
    switch (vmm->how(vmm)) {
    case BENCH_RIGHT:
        pmem_keep(vmm->model);
        return VWR_OK;
    case BENCH_LATER:
        vmm->ticket[vmm->kept++ % BENCH_KEPT] = ticket;
        return VWR_LATER;
    default:
        return VWR_EIO;
    }
}

static int medium_init(struct bench_vmm *vmm, const struct vwr_vdev_setup *s)
{
    const struct vwr_vpmem_options o = {
        .flush = medium_flush, .context = vmm, .region = {PMEM_START, PMEM_BYTES}};

    vmm->dev = vwr_vpmem_dev(vmm->own);
    return vwr_vpmem_init_with(vmm->own, s, &o);
}

/* The medium has the bytes before the guest is told. */
static void medium_answer(struct bench_vmm *vmm, unsigned number, enum bench_how how)
{
    if (how != BENCH_FAILS)
        pmem_keep(vmm->model);
    vwr_vpmem_done(vmm->own, vmm->ticket[number % BENCH_KEPT], how == BENCH_FAILS ? VWR_EIO : VWR_OK);
}

static bool medium_is_void(const struct bench_vmm *vmm)
{
    const struct vwr_vpmem *const v = (const struct vwr_vpmem *)vmm->own;
    bool is_back = false;

    for (unsigned i = 0; i < VWR_VPMEM_FLUSHES; i++)
        is_back = is_back || v->message[i].is_back;
    return is_back;
}

static bool medium_waits(const struct bench_vmm *vmm)
{
    const struct vwr_vpmem *const v = (const struct vwr_vpmem *)vmm->own;
    bool waits = false;

    for (unsigned i = 0; i < VWR_VPMEM_FLUSHES; i++)
        waits = waits || v->message[i].ticket == vmm->ticket[(vmm->kept - 1) % BENCH_KEPT];
    return waits;
}

const struct bench_device bench_pmem_device = {
    .shapes = &bench_pmem_shapes,
    .own_bytes = sizeof(struct vwr_vpmem),
    .model_bytes = sizeof(struct pmem_model),
    .init = medium_init,
    .answer = medium_answer,
    .is_void = medium_is_void,
    .waits = medium_waits,
};

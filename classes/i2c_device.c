/* SPDX-License-Identifier: MIT */
#include "ends.h"
#include "i2c.h"
#include "vwr/bytes.h"
#include "vwr/vi2c.h"

/* A VMM with a bus. */

static struct vwr_vi2c_message late; /* the last one that waits */

static const char *what_is_wrong(const struct bench_vmm *vmm, const struct vwr_vi2c_message *m)
{
    if (m->data != vmm->data || m->bytes > vmm->data_bytes)
        return "data are not where the VMM has room for them";
    if (m->address > 0x7f && (m->address & ~VWR_VI2C_TEN_BIT) > 0x3ff)
        return "no address";
    for (uint32_t n = 0; m->read && n < m->bytes; n++)
        if (m->data[n] != 0)
            return "data of another message are left";
    return vmm->wrong;
}

static int bus_transfer(struct vwr_vi2c *v, struct vwr_vi2c_message *m)
{
    struct bench_vmm *const vmm = v->context;

    vmm->calls++;
    vmm->saw = m->address;
    vmm->wrong = what_is_wrong(vmm, m);
    switch (vmm->how(vmm)) {
    case BENCH_RIGHT:
        return i2c_move(vmm->model, m->address, m->data, m->bytes, m->read) == 0 ? VWR_OK : VWR_ENODEV;
    case BENCH_LATER:
        late = *m;
        vmm->ticket[vmm->kept++ % BENCH_KEPT] = vwr_vi2c_ticket(v);
        return VWR_LATER;
    default:
        return VWR_EIO;
    }
}

static int bus_init(struct bench_vmm *vmm, const struct vwr_vdev_setup *s)
{
    const struct vwr_vi2c_options o = {
        .transfer = bus_transfer, .context = vmm, .data = vmm->data, .data_bytes = vmm->data_bytes};

    vmm->dev = vwr_vi2c_dev(vmm->own);
    return vwr_vi2c_init_with(vmm->own, s, &o);
}

/* The target is accessed when the VMM answers; nothing of an answer that comes too late may be seen. */
static void bus_answer(struct bench_vmm *vmm, unsigned number, enum bench_how how)
{
    uint8_t bytes[I2C_LONGEST];
    int r = how == BENCH_FAILS ? VWR_EIO : VWR_OK;

    bench_fill(bytes, 0xbb, sizeof(bytes));
    if (r == VWR_OK && number + 1 == vmm->kept) {
        vwr_copy(bytes, late.data, late.bytes);
        if (i2c_move(vmm->model, late.address, bytes, late.bytes, late.read) != 0)
            r = VWR_ENODEV;
    }
    vwr_vi2c_done(vmm->own, vmm->ticket[number % BENCH_KEPT], r, how == BENCH_EMPTY ? NULL : bytes);
}

static bool bus_is_void(const struct bench_vmm *vmm)
{
    return ((const struct vwr_vi2c *)vmm->own)->message.is_back;
}

const struct bench_device bench_i2c_device = {
    .shapes = &bench_i2c_shapes,
    .own_bytes = sizeof(struct vwr_vi2c),
    .model_bytes = sizeof(struct i2c_model),
    .init = bus_init,
    .answer = bus_answer,
    .is_void = bus_is_void,
};

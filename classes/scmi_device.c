/* SPDX-License-Identifier: MIT */
#include "ends.h"
#include "scmi.h"
#include "vwr/bytes.h"
#include "vwr/vscmi.h"

/* A VMM with sensors. */

struct platform_vmm {
    struct vwr_vscmi v;
    uint32_t owed[SCMI_OWED]; /* headers of the commands, the oldest first */
    uint32_t late_header;     /* of the last one that waits, and its parameters */
    uint8_t late[8];
};

static int platform_execute(struct bench_vmm *vmm, uint32_t header, const uint8_t *params, uint8_t *values,
                            uint32_t *n)
{
    struct platform_vmm *const own = (struct platform_vmm *)vmm->own;
    struct scmi_model *const m = vmm->model;
    const unsigned before = m->owed;
    const int status = scmi_execute(m, vwr_scmi_header_message(header), params, values, n);

    if (m->owed != before)
        own->owed[before % SCMI_OWED] = header;
    return status;
}

static bool platform_is_delayed(const struct vwr_vscmi_message *m)
{
    return vwr_scmi_header_message(m->header) == SCMI_READING_GET && (m->params[4] & 1u) != 0;
}

static const char *what_is_wrong(const struct bench_vmm *vmm, const struct vwr_vscmi_message *m)
{
    if (m->protocol == NULL || m->protocol->id != VWR_SCMI_SENSOR || m->params_bytes != 8)
        return "a message of another handler";
    for (uint32_t i = 0; i < m->room; i++)
        if (m->values[i] != 0)
            return "values of another message are left";
    return m->bytes != 0 || m->room > VWR_VSCMI_BYTES - VWR_VSCMI_STATUS_BYTES ? "wrong room" : vmm->wrong;
}

static int platform_call(struct vwr_vscmi *v, struct vwr_vscmi_message *m)
{
    struct bench_vmm *const vmm = v->context;
    struct platform_vmm *const own = (struct platform_vmm *)vmm->own;
    int r = VWR_OK;

    vmm->calls++;
    vmm->saw = scmi_sensor(m->params);
    vmm->wrong = what_is_wrong(vmm, m);
    if (platform_is_delayed(m))
        r = vwr_vscmi_promise(v, m);
    if (r != VWR_OK)
        return r == VWR_EFEATURE ? VWR_SCMI_S_NOT_SUPPORTED : VWR_SCMI_S_BUSY;
    switch (vmm->how(vmm)) {
    case BENCH_RIGHT:
        return platform_execute(vmm, m->header, m->params, m->values, &m->bytes);
    case BENCH_LATER:
        own->late_header = m->header;
        vwr_copy(own->late, m->params, sizeof(own->late));
        vmm->ticket[vmm->kept++ % BENCH_KEPT] = vwr_vscmi_ticket(m);
        return VWR_LATER;
    default:
        return VWR_SCMI_S_GENERIC_ERROR;
    }
}

static void platform_reset(struct vwr_vscmi *v)
{
    scmi_forget(((struct bench_vmm *)v->context)->model);
}

static int platform_init(struct bench_vmm *vmm, const struct vwr_vdev_setup *s)
{
    static const struct vwr_vscmi_ops ops = {.reset = platform_reset};
    static const struct vwr_vscmi_handler handlers[] = {
        {.message = SCMI_READING_GET, .params_bytes = 8, .call = platform_call},
        {.message = SCMI_CONFIG_SET, .params_bytes = 8, .call = platform_call},
        {.message = SCMI_UPDATE_NOTIFY, .events = true, .params_bytes = 8, .call = platform_call}};
    static const uint8_t attributes[16] = {SCMI_SENSORS, 0, SCMI_OWED};
    static const struct vwr_vscmi_protocol protocols[] = {
        {.id = VWR_SCMI_SENSOR,
         .version = 0x30000,
         .attributes = attributes,
         .attributes_bytes = sizeof(attributes),
         .handlers = handlers,
         .handler_count = VWR_COUNT(handlers)},
        {.id = 0x80, .version = 0x10000, .attributes = attributes, .attributes_bytes = 4}};
    struct platform_vmm *const own = (struct platform_vmm *)vmm->own;
    const struct vwr_vscmi_options o = {.ops = &ops,
                                        .context = vmm,
                                        .protocols = protocols,
                                        .protocol_count = VWR_COUNT(protocols),
                                        .vendor = "bench",
                                        .version = 7};

    vmm->dev = vwr_vscmi_dev(&own->v);
    return vwr_vscmi_init_with(&own->v, s, &o);
}

static unsigned dropped; /* notifications for which there was no buffer */

/* An event is a delayed reading, or a change of a sensor. */
static void platform_event(struct bench_vmm *vmm, uint32_t event)
{
    struct platform_vmm *const own = (struct platform_vmm *)vmm->own;
    struct scmi_model *const m = vmm->model;
    uint8_t notice[SCMI_NOTICE];
    unsigned sensor;

    if (event == 0 || (event % 3 == 0 && m->owed == 0))
        return;
    if (event % 3 == 0) {
        sensor = scmi_pay(m);
        (void)vwr_vscmi_respond(&own->v, own->owed[0], VWR_SCMI_S_SUCCESS, m->value[sensor], SCMI_VALUE);
        for (unsigned i = 0; i + 1 < SCMI_OWED; i++)
            own->owed[i] = own->owed[i + 1];
        return;
    }
    sensor = scmi_change(m, event);
    scmi_notice(m, sensor, notice);
    if (m->notifies[sensor] != 0 &&
        vwr_vscmi_notify(&own->v, VWR_SCMI_SENSOR, SCMI_UPDATE, notice, sizeof(notice)) != VWR_OK)
        dropped++;
}

/* A command is executed when the VMM answers; nothing of an answer that comes too late may be seen. */
static void platform_answer(struct bench_vmm *vmm, unsigned number, enum bench_how how)
{
    struct platform_vmm *const own = (struct platform_vmm *)vmm->own;
    int status = how == BENCH_FAILS ? VWR_SCMI_S_GENERIC_ERROR : VWR_SCMI_S_SUCCESS;
    uint8_t values[SCMI_VALUE];
    uint32_t n = 0;

    bench_fill(values, 0xbb, sizeof(values));
    if (status == VWR_SCMI_S_SUCCESS && number + 1 == vmm->kept)
        status = platform_execute(vmm, own->late_header, own->late, values, &n);
    vwr_vscmi_done(&own->v, vmm->ticket[number % BENCH_KEPT], status, how == BENCH_EMPTY ? NULL : values, n);
}

static bool platform_is_void(const struct bench_vmm *vmm)
{
    const struct platform_vmm *const own = (const struct platform_vmm *)vmm->own;
    bool is_back = false;

    for (unsigned i = 0; i < VWR_VSCMI_MESSAGES; i++)
        is_back = is_back || own->v.message[i].is_back;
    return is_back;
}

static bool platform_waits(const struct bench_vmm *vmm)
{
    const struct platform_vmm *const own = (const struct platform_vmm *)vmm->own;
    bool waits = false;

    for (unsigned i = 0; i < VWR_VSCMI_MESSAGES; i++)
        waits = waits ||
                (vmm->kept != 0 && own->v.message[i].ticket == vmm->ticket[(vmm->kept - 1) % BENCH_KEPT]);
    return waits;
}

const struct bench_device bench_scmi_device = {
    .shapes = &bench_scmi_shapes,
    .own_bytes = sizeof(struct platform_vmm),
    .model_bytes = sizeof(struct scmi_model),
    .init = platform_init,
    .event = platform_event,
    .answer = platform_answer,
    .is_void = platform_is_void,
    .waits = platform_waits,
};

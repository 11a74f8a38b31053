/* SPDX-License-Identifier: MIT */
#include "vscmi_common.h"
#include "vwr/bytes.h"

/* SCMI platform for a guest: a table of the VMM's handlers executes its commands. Section: SCMI Device. */

static struct vwr_vscmi *vscmi_of(struct vwr_scmi_vservice *s)
{
    return (struct vwr_vscmi *)(void *)s;
}

/* ---- commands ---- */

const struct vwr_vscmi_handler *vwr_vscmi_find_(struct vwr_vscmi *v, const struct vwr_vscmi_protocol *p,
                                                uint8_t message)
{
    for (unsigned i = 0; p != NULL && i < p->handler_count; i++)
        if (p->handlers[i].message == message)
            return p->handlers[i].events && !vwr_vdev_has(vwr_vscmi_dev(v), VWR_SCMI_F_P2A_CHANNELS)
                       ? NULL
                       : &p->handlers[i];
    return NULL;
}

static const struct vwr_vscmi_protocol *vscmi_protocol(const struct vwr_vscmi *v, uint8_t id)
{
    for (unsigned i = 0; i < v->options.protocol_count; i++)
        if (v->options.protocols[i].id == id)
            return &v->options.protocols[i];
    return NULL;
}

/* Returns a status, or VWR_LATER. */
static int vscmi_execute(struct vwr_vscmi *v, struct vwr_vscmi_message *m)
{
    const uint8_t protocol = vwr_scmi_header_protocol(m->header);
    const struct vwr_vscmi_handler *h;

    m->protocol = vscmi_protocol(v, protocol);
    if (m->protocol == NULL && protocol != VWR_SCMI_BASE)
        return VWR_SCMI_S_NOT_SUPPORTED;
    h = vwr_vscmi_find_(v, m->protocol, vwr_scmi_header_message(m->header));
    if (h == NULL)
        return vwr_vscmi_base_(v, m);
    if (m->params_bytes != h->params_bytes)
        return VWR_SCMI_S_PROTOCOL_ERROR;
    return m->room < h->values_bytes ? VWR_SCMI_S_COMMS_ERROR : h->call(v, m);
}

/* Writes the status and, if it is SUCCESS, the return values. */
static void vscmi_put(struct vwr_vscmi *v, struct vwr_vmessage *x, struct vwr_vscmi_message *m, int status)
{
    vwr_le32 word;

    if (status == VWR_SCMI_S_SUCCESS && m->bytes > m->room)
        status = VWR_SCMI_S_COMMS_ERROR;
    word = vwr_cpu_to_le32((uint32_t)status); /* whatever the driver's order of other numbers is */
    (void)vwr_vmessage_write(x, &word, sizeof(word));
    if (status == VWR_SCMI_S_SUCCESS)
        (void)vwr_vmessage_write(x, m->values, m->bytes);
    vwr_vscmi_settle_(v, m, status == VWR_SCMI_S_SUCCESS);
}

static int vscmi_command(struct vwr_scmi_vservice *s, struct vwr_vmessage *x,
                         const struct vwr_scmi_command_msg *msg, struct vwr_scmi_command_answer *a)
{
    struct vwr_vscmi *const v = vscmi_of(s);
    struct vwr_vscmi_message *const m = &v->command[x - v->message];
    const uint32_t room = x->in.left, most = VWR_VSCMI_BYTES - VWR_VSCMI_STATUS_BYTES;
    int status = VWR_SCMI_S_PROTOCOL_ERROR;

    if (room < VWR_VSCMI_STATUS_BYTES)
        return VWR_EUNSUPP; /* the buffer is returned empty */
    a->hdr = msg->hdr;
    vwr_zero(m, sizeof(*m));
    m->header = msg->hdr;
    m->params = m->data;
    m->params_bytes = x->out.left;
    m->values = m->data + VWR_VSCMI_BYTES;
    m->room = room - VWR_VSCMI_STATUS_BYTES < most ? room - VWR_VSCMI_STATUS_BYTES : most;
    m->ticket = vwr_vmessage_ticket(x);
    if (x->out.left <= VWR_VSCMI_BYTES && vwr_scmi_header_type(msg->hdr) == VWR_SCMI_TYPE_COMMAND) {
        (void)vwr_vmessage_read(x, m->data, VWR_VSCMI_BYTES);
        status = vscmi_execute(v, m);
    }
    if (status == VWR_LATER)
        return status;
    vscmi_put(v, x, m, status);
    return VWR_OK;
}

static struct vwr_vmessage *vscmi_find_message(struct vwr_vscmi *v, uint64_t ticket)
{
    struct vwr_vmessage *x = v->message;

    for (unsigned i = 0; i < VWR_VSCMI_MESSAGES; i++)
        if (v->message[i].ticket == ticket)
            x = &v->message[i];
    return x;
}

void vwr_vscmi_done(struct vwr_vscmi *v, uint64_t ticket, int status, const void *values, uint32_t bytes)
{
    struct vwr_vdev *const dev = vwr_vscmi_dev(v);
    struct vwr_scmi_command_answer_form form;
    struct vwr_scmi_command_answer a;
    struct vwr_vscmi_message *m;
    struct vwr_vmessage *x;

    vwr_vdev_lock(dev);
    x = vscmi_find_message(v, ticket);
    m = &v->command[x - v->message];
    if (vwr_vmessage_claim(x, ticket)) {
        m->bytes = bytes;
        if (values != NULL && bytes <= m->room)
            vwr_copy(m->values, values, bytes);
        vscmi_put(v, x, m, status);
        a.hdr = m->header;
        vwr_scmi_command_answer_encode(&form, dev->legacy, &a);
        vwr_vmessage_finish(x, VWR_OK, &form);
    }
    vwr_vdev_unlock(dev);
}

/* ---- init and reset ---- */

static void vscmi_posted(struct vwr_scmi_vservice *s, uint16_t queue)
{
    struct vwr_vscmi *const v = vscmi_of(s);
    const bool starved = v->starved;

    (void)queue;
    vwr_vscmi_send_delayed_(v);
    v->starved = false;
    if (starved && v->options.ops->ready != NULL)
        v->options.ops->ready(v);
}

static void vscmi_reset(struct vwr_scmi_vservice *s)
{
    struct vwr_vscmi *const v = vscmi_of(s);

    vwr_zero(v->delayed, sizeof(v->delayed));
    v->starved = false;
    if (v->options.ops->reset != NULL)
        v->options.ops->reset(v);
}

static void vscmi_queue_reset(struct vwr_scmi_vservice *s, uint16_t queue)
{
    if (queue == VWR_SCMI_QUEUE_CMDQ)
        vwr_vscmi_break_promises_(vscmi_of(s));
}

static const struct vwr_scmi_vservice_calls vscmi_calls = {
    .command = vscmi_command,
    .posted = vscmi_posted,
    .reset = vscmi_reset,
    .queue_reset = vscmi_queue_reset,
};

static bool vscmi_is_name(const char *name)
{
    unsigned n = 0;

    while (name != NULL && n < VWR_SCMI_NAME_BYTES && name[n] != '\0')
        n++;
    return name != NULL && n < VWR_SCMI_NAME_BYTES;
}

static bool vscmi_is_protocol(const struct vwr_vscmi_protocol *p)
{
    bool good = p->id != VWR_SCMI_BASE && p->attributes_bytes <= VWR_VSCMI_BYTES - VWR_VSCMI_STATUS_BYTES &&
                (p->attributes_bytes == 0 || p->attributes != NULL) &&
                (p->handler_count == 0 || p->handlers != NULL);

    for (unsigned i = 0; good && i < p->handler_count; i++)
        good = p->handlers[i].call != NULL;
    return good;
}

static bool vscmi_are_possible(const struct vwr_vscmi_options *o)
{
    bool good = o->protocol_count <= (uint8_t)-1 && vscmi_is_name(o->vendor) &&
                (o->sub_vendor == NULL || vscmi_is_name(o->sub_vendor));

    for (unsigned i = 0; good && i < o->protocol_count; i++)
        good = vscmi_is_protocol(&o->protocols[i]) && (i == 0 || o->protocols[i].id > o->protocols[i - 1].id);
    return good;
}

int vwr_vscmi_init_with(struct vwr_vscmi *v, const struct vwr_vdev_setup *s,
                        const struct vwr_vscmi_options *options)
{
    static const struct vwr_vscmi_ops none;
    const struct vwr_service_memory memory = {v->message, VWR_COUNT(v->message), v->seg, VWR_COUNT(v->seg)};
    struct vwr_features features;

    vwr_zero(v, sizeof(*v));
    if (!VWR_ARRAY_FITS(&vwr_vscmi_dev(v)->shortage, options, protocols, protocol_count,
                        options->protocol_count))
        return VWR_ENOMEM;
    if (!vscmi_are_possible(options))
        return VWR_EINVAL;
    v->context = options->context;
    vwr_copy(&v->options, options, sizeof(*options));
    if (v->options.ops == NULL)
        v->options.ops = &none;
    vwr_features_clear(&features);
    if (!options->no_events)
        vwr_features_add(&features, VWR_SCMI_F_P2A_CHANNELS);
    return vwr_scmi_vservice_init(&v->service, s, &features, &vscmi_calls, &memory, NULL);
}

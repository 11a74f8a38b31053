/* SPDX-License-Identifier: MIT */
#include "vscsi_common.h"

/* SCSI host: init, reset, and the processing of commands. Section: SCSI Host Device. */

#define VSCSI_WORK 2560u /* charge for a command, in addition to copies */

/* ---- units ---- */

struct vwr_vt10_unit *vwr_vscsi_find_(const struct vwr_vscsi *v, unsigned target, uint32_t lun)
{
    for (unsigned i = 0; i < v->t10.units; i++)
        if (v->t10.unit[i].backend != NULL && v->t10.unit[i].target == target &&
            (lun == VSCSI_ANY_LUN || v->t10.unit[i].lun == lun))
            return &v->t10.unit[i];
    return NULL;
}

/* Decodes the target, then the unit. Section: Device Operation: Request Queues. */
int vwr_vscsi_find_addressed_(const struct vwr_vscsi *v, const uint8_t *lun, struct vwr_vt10_unit **unit)
{
    *unit = NULL;
    if (lun[0] != VWR_SCSI_LUN_UNIT || vwr_vscsi_find_(v, lun[1], VSCSI_ANY_LUN) == NULL)
        return VWR_SCSI_S_BAD_TARGET;
    if (vwr_t10_get(lun + 4, VWR_T10_LUN - 4u) == 0)
        *unit = vwr_vscsi_find_(v, lun[1], vwr_t10_lun(lun + 2));
    return *unit != NULL ? VWR_SCSI_S_OK : VWR_SCSI_S_INCORRECT_LUN;
}

/* ---- completion ---- */

/* Writes the whole field, because the used length includes it. */
static void vscsi_put_sense(struct vwr_vscsi *v, struct vwr_vt10_call *c, uint32_t sense,
                            struct vwr_scsi_command_answer *a)
{
    const uint32_t room = c->sense.left;
    uint8_t data[VWR_SCSI_SENSE_DEFAULT_SIZE];

    vwr_zero(data, sizeof(data));
    if (sense != 0) {
        vwr_t10_put_fixed(data, sense);
        a->status = VWR_T10_CHECK_CONDITION;
        a->sense_len = room < VWR_T10_FIXED_SENSE ? room : VWR_T10_FIXED_SENSE;
        vwr_count_add(&v->stats.refused, 1);
    }
    while (vwr_writer_write(&c->sense, data, sizeof(data)) == sizeof(data))
        vwr_zero(data, sizeof(data));
}

void vwr_vscsi_end_(struct vwr_vscsi *v, struct vwr_vt10_call *c, uint32_t result)
{
    const bool legacy = vwr_vscsi_dev(v)->legacy;
    const bool executed = result < VT10_RESPONSE(0);
    struct vwr_vmessage *const x = c->message;
    struct vwr_scsi_command_answer_form form;
    struct vwr_scsi_command_answer a;

    vwr_zero(&a, sizeof(a));
    vscsi_put_sense(v, c, executed ? result : 0, &a);
    if (executed)
        a.residual = c->data - c->moved;
    else
        vwr_count_add(&v->stats.refused, 1);
    vwr_scsi_command_answer_encode(&form, legacy, &a);
    vwr_vmessage_end(x, executed ? VWR_SCSI_S_OK : (int)(result & 0xff), &form);
}

/* ---- commands ---- */

/* Finds a unit of a target, which need not exist, or the unit that reports all others. */
static uint32_t vscsi_address(struct vwr_vscsi *v, struct vwr_vt10_call *c, const uint8_t *lun)
{
    c->all = vwr_t10_get(lun, sizeof(uint16_t)) == VWR_SCSI_LUN_REPORT_LUNS &&
             vwr_t10_get(lun + 2, VWR_T10_LUN - 2u) == 0;
    c->target = lun[1];
    if (!c->all && vwr_vscsi_find_addressed_(v, lun, &c->unit) == VWR_SCSI_S_BAD_TARGET)
        return VT10_RESPONSE(VWR_SCSI_S_BAD_TARGET);
    return 0;
}

static int vscsi_more(struct vwr_vmessage *x);

static int vscsi_finish(struct vwr_vscsi *v, struct vwr_vt10_call *c, uint32_t result)
{
    if (result == VT10_AGAIN) {
        (void)vwr_vmessage_keep(c->message, c->unit);
        return vwr_vmessage_defer(c->message, vscsi_more);
    }
    vwr_vscsi_end_(v, c, result);
    return VWR_LATER; /* the service no longer owns the message */
}

static int vscsi_more(struct vwr_vmessage *x)
{
    struct vwr_vscsi *const v = (void *)x->service;
    struct vwr_vt10_call *const c = vscsi_call_of(v, x);

    return vscsi_finish(v, c, vwr_vt10_continue_(&v->t10, c));
}

/* The service has checked that CDB and sense data fit. */
static int vt10_command(struct vwr_scsi_vservice *s, struct vwr_vmessage *x,
                        const struct vwr_scsi_command_msg *m, struct vwr_scsi_command_answer *a)
{
    struct vwr_vscsi *const v = (void *)s;
    struct vwr_vt10_call *const c = vscsi_call_of(v, x);
    const bool legacy = vwr_vscsi_dev(v)->legacy;
    const uint32_t cdb_size = vwr_guest32(legacy, s->config.cdb_size);
    const uint32_t sense_size = vwr_guest32(legacy, s->config.sense_size);
    const bool fits = sense_size <= vwr_vscsi_dev(v)->budget_bytes;
    const uint32_t known = cdb_size < VWR_T10_CDB ? cdb_size : VWR_T10_CDB;
    uint32_t result;

    (void)a; /* vwr_vscsi_end_ encodes it */
    vwr_count_add(&v->stats.commands, 1);
    vwr_vdev_charge(vwr_vscsi_dev(v), VSCSI_WORK, 0);
    vwr_zero(c, sizeof(*c));
    c->message = x;
    c->id = m->id;
    (void)vwr_vmessage_read(x, c->cdb, known);
    (void)vwr_reader_skip(&x->out, cdb_size - known);
    vwr_writer_set(&c->sense, &x->in);
    c->sense.left = fits ? sense_size : 0;
    (void)vwr_writer_skip(&x->in, c->sense.left);
    vwr_vdev_charge(vwr_vscsi_dev(v), c->sense.left, 0);
    c->data = x->out.left + x->in.left;
    result = fits ? vscsi_address(v, c, m->lun) : VT10_RESPONSE(VWR_SCSI_S_FAILURE);
    if (result == 0 && x->out.left != 0 && x->in.left != 0)
        result = VT10_RESPONSE(VWR_SCSI_S_FAILURE); /* INOUT is not offered */
    if (result == 0)
        result = vwr_vt10_execute_(&v->t10, c, cdb_size);
    return vscsi_finish(v, c, result);
}

/* ---- reset and init ---- */

static void vscsi_reset_sizes(struct vwr_vscsi *v)
{
    const bool legacy = vwr_vscsi_dev(v)->legacy;

    v->service.config.sense_size = vwr_guest32(legacy, VWR_SCSI_SENSE_DEFAULT_SIZE);
    v->service.config.cdb_size = vwr_guest32(legacy, VWR_SCSI_CDB_DEFAULT_SIZE);
}

static void vscsi_reset(struct vwr_scsi_vservice *s)
{
    struct vwr_vscsi *const v = (void *)s;

    vscsi_reset_sizes(v);
    v->missed = false;
    for (unsigned i = 0; i < v->t10.units; i++) {
        v->t10.unit[i].attention = VWR_T10_WAS_RESET;
        v->t10.unit[i].events = 0;
    }
}

static const struct vwr_scsi_vservice_calls vscsi_calls = {
    .tmf = vwr_vscsi_tmf_,
    .an_query = vwr_vscsi_query_,
    .an_subscribe = vwr_vscsi_subscribe_,
    .command = vt10_command,
    .posted = vwr_vscsi_posted_,
    .reset = vscsi_reset,
};

static uint16_t vscsi_segs(const struct vwr_vscsi_options *o)
{
    return (uint16_t)vwr_array_part(o->seg_count, VWR_VSCSI_SEGS(o->message_count, 1u), 0xffffu);
}

/*
 * Number of segments of a command in addition to its data, for the fixed parts, each of which may be split at
 * a boundary between regions.
 */
static uint32_t vscsi_seg_max(const struct vwr_vdev_setup *s, const struct vwr_vscsi_options *o)
{
    const uint32_t taken = 2u + vwr_memory_adjacent(&s->vm->memory);
    const uint32_t segs = vscsi_segs(o);
    uint32_t n = segs > taken ? segs - taken : 1u;

    if (s->queue_size > 2u && n > s->queue_size - 2u) /* a chain cannot be longer than the queue */
        n = s->queue_size - 2u;
    if (o->seg_max != 0 && n > o->seg_max)
        n = o->seg_max;
    return n;
}

static void vscsi_write_config(struct vwr_vscsi *v, const struct vwr_vdev_setup *s,
                               const struct vwr_vscsi_options *o)
{
    struct vwr_scsi_config_info info;

    vwr_zero(&info, sizeof(info));
    info.num_queues = s->queue_count - (VWR_VSCSI_QUEUES - 1u);
    info.seg_max = vscsi_seg_max(s, o);
    info.max_sectors = 0xffff;
    info.cmd_per_lun = VWR_VSCSI_PER_LUN;
    info.event_info_size = sizeof(struct vwr_scsi_event);
    info.max_target = o->max_target;
    info.max_lun = VWR_T10_LUN_MAX;
    vwr_scsi_config_write(&v->service.config, s->legacy, &info);
    vscsi_reset_sizes(v);
}

static int vscsi_take_units(struct vwr_vscsi *v, const struct vwr_vscsi_options *o)
{
    int r = VWR_OK;

    v->t10.unit = o->unit;
    for (; v->t10.units < o->unit_count && r == VWR_OK; v->t10.units++) {
        struct vwr_vt10_unit *const u = &o->unit[v->t10.units];

        if (u->backend != NULL)
            r = vwr_vscsi_check_new_(v, u, o->max_target);
    }
    return r;
}

static bool vscsi_has_room(struct vwr_vscsi *v, const struct vwr_vdev_setup *s,
                           const struct vwr_vscsi_options *o)
{
    struct vwr_shortage *const lack = &vwr_vscsi_dev(v)->shortage;

    return VWR_ARRAY_FITS(lack, s, queue, queue_count, VWR_VSCSI_QUEUES) &&
           VWR_ARRAY_FITS(lack, o, unit, unit_count, 1u) &&
           VWR_ARRAY_FITS(lack, o, message, message_count, 1u) &&
           VWR_ARRAY_FITS(lack, o, call, call_count, o->message_count) &&
           VWR_ARRAY_FITS(lack, o, seg, seg_count, VWR_VSCSI_SEGS(o->message_count, 1u));
}

int vwr_vscsi_init_with(struct vwr_vscsi *v, const struct vwr_vdev_setup *s,
                        const struct vwr_vscsi_options *o)
{
    struct vwr_service_memory memory = {o->message, o->message_count, o->seg, 0};
    struct vwr_features features;
    int r;

    vwr_zero(v, sizeof(*v));
    if (!vscsi_has_room(v, s, o))
        return VWR_ENOMEM;
    memory.seg_count = VWR_SERVICE_SEGS(o->message_count, (uint32_t)vscsi_segs(o));
    v->call = o->call;
    v->requests = o->message_count;
    vwr_zero(v->call, v->requests * sizeof(*v->call));
    v->t10.dev = vwr_vscsi_dev(v);
    v->t10.seg = o->seg + memory.seg_count;
    r = vscsi_take_units(v, o);
    if (r != VWR_OK)
        return r;
    vwr_features_clear(&features);
    vwr_features_add(&features, VWR_SCSI_F_HOTPLUG);
    vwr_features_add(&features, VWR_SCSI_F_CHANGE);
    r = vwr_scsi_vservice_init(&v->service, s, &features, &vscsi_calls, &memory, NULL);
    if (r == VWR_OK)
        vscsi_write_config(v, s, o);
    return r;
}

/* SPDX-License-Identifier: MIT */
#include "fake_vsock.h"

#include <string.h>

static struct vwr_socket fake_socket[FAKE_SOCKETS];
static uint8_t fake_buffer[VWR_SOCKET_BYTES(FAKE_SOCKETS, FAKE_SOCKET_BYTES)];
static struct fake_chain fake_packet_chain;

void fake_vsock_plug(struct world *w, const struct format *f, uint32_t features)
{
    format_plug(w, f);
    w->f.device_id = VWR_VSOCK_ID;
    for (unsigned i = VWR_VSOCK_QUEUE_RX; i <= VWR_VSOCK_QUEUE_EVENT; i++)
        w->f.queue[i].size_max = f->size;
    for (unsigned i = VWR_VSOCK_F_STREAM; i <= VWR_VSOCK_F_NO_IMPLIED_STREAM; i++)
        if ((features >> i & 1u) != 0)
            fake_offer(&w->f, i);
    memset(w->f.config, 0, sizeof(w->f.config));
    fake_config(&w->f, VWR_VSOCK_CONFIG_GUEST_CID, 8, FAKE_CID);
    assert_int_equal(world_probe(w), VWR_OK);
}

int fake_vsock_open(struct world *w, struct vwr_vsock *v)
{
    struct vwr_vsock_options o = {.sockets = {fake_socket, FAKE_SOCKETS, fake_buffer, sizeof(fake_buffer)}};

    memset(v, 0xa5, sizeof(*v)); /* memory of the embedder is not zeroed */
    memset(fake_socket, 0xa5, sizeof(fake_socket));
    memset(fake_buffer, 0xa5, sizeof(fake_buffer));
    o.shared = fake_ram_alloc(sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN);
    return vwr_vsock_open(v, &w->mmio.dev, &o);
}

void fake_vsock_sends(struct world *w, const struct vwr_vsock_hdr_values *p, const void *data, uint32_t n)
{
    const bool legacy = w->f.version == VWR_MMIO_VERSION_LEGACY;
    struct vwr_vsock_hdr h;

    h.src_cid = vwr_guest64(legacy, p->src_cid != 0 ? p->src_cid : VWR_VSOCK_CID_HOST);
    h.dst_cid = vwr_guest64(legacy, p->dst_cid != 0 ? p->dst_cid : FAKE_CID);
    h.src_port = vwr_guest32(legacy, p->src_port);
    h.dst_port = vwr_guest32(legacy, p->dst_port);
    h.len = vwr_guest32(legacy, p->len);
    h.type = vwr_guest16(legacy, p->type);
    h.op = vwr_guest16(legacy, p->op);
    h.flags = vwr_guest32(legacy, p->flags);
    h.buf_alloc = vwr_guest32(legacy, p->buf_alloc);
    h.fwd_cnt = vwr_guest32(legacy, p->fwd_cnt);
    assert_true(fake_ring_next(&w->f, VWR_VSOCK_QUEUE_RX, &fake_packet_chain));
    assert_true(fake_packet_chain.writable >= sizeof(h) + n);
    fake_ram_write(fake_packet_chain.segment[0].addr, &h, sizeof(h));
    if (n != 0)
        fake_ram_write(fake_packet_chain.segment[0].addr + sizeof(h), data, n);
    fake_ring_push(&w->f, VWR_VSOCK_QUEUE_RX, fake_packet_chain.head, (uint32_t)sizeof(h) + n);
}

bool fake_vsock_takes(struct world *w, struct vwr_vsock_hdr_values *p, void *data, uint32_t n)
{
    struct vwr_vsock_hdr h;

    if (!fake_ring_next(&w->f, VWR_VSOCK_QUEUE_TX, &fake_packet_chain))
        return false;
    fake_ram_read(fake_packet_chain.segment[0].addr, &h, sizeof(h));
    vwr_vsock_hdr_decode(&h, w->f.version == VWR_MMIO_VERSION_LEGACY, p);
    assert_int_equal(fake_packet_chain.readable, sizeof(h) + p->len);
    assert_int_equal(p->dst_cid, VWR_VSOCK_CID_HOST);
    if (n != 0)
        fake_ram_read(fake_packet_chain.segment[0].addr + sizeof(h), data, p->len < n ? p->len : n);
    fake_ring_push(&w->f, VWR_VSOCK_QUEUE_TX, fake_packet_chain.head, 0);
    return true;
}

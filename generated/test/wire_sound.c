/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/sound.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Sound Device */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/sound.h"
#include "virtio_sound.h"

struct number {
    const char *name;
    unsigned long long got;
    unsigned long long expected;
};

static int check_bytes(const char *name, const void *got, size_t got_size, const uint8_t *expected, size_t size)
{
    const uint8_t *bytes = (const uint8_t *)got;
    int wrong = 0;

    if (got_size != size) {
        printf("%s has %u bytes, expected %u\n", name, (unsigned)got_size, (unsigned)size);
        return 1;
    }
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != expected[i]) {
            printf("%s: byte %u is 0x%02x, expected 0x%02x\n", name, (unsigned)i, bytes[i], expected[i]);
            wrong = 1;
        }
    }
    return wrong;
}

static int check_numbers(const struct number *numbers, size_t count)
{
    int wrong = 0;

    for (size_t i = 0; i < count; i++) {
        if (numbers[i].got != numbers[i].expected) {
            printf("%s is %llu, expected %llu\n", numbers[i].name, numbers[i].got, numbers[i].expected);
            wrong = 1;
        }
    }
    return wrong;
}

static int wire_vwr_snd_hdr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_snd_hdr s;

    memset(&s, 0, sizeof(s));
    s.code = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct vwr_snd_hdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_snd_hdr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_snd_hdr s;

    memset(&s, 0, sizeof(s));
    s.code = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct virtio_snd_hdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_snd_event(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_snd_event s;

    memset(&s, 0, sizeof(s));
    s.hdr.code = vwr_cpu_to_le32(0x04030201u);
    s.data = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_snd_event", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_snd_event(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_snd_event s;

    memset(&s, 0, sizeof(s));
    s.hdr.code = vwr_cpu_to_le32(0x04030201u);
    s.data = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_snd_event", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_snd_query_info(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_snd_query_info s;

    memset(&s, 0, sizeof(s));
    s.hdr.code = vwr_cpu_to_le32(0x04030201u);
    s.start_id = vwr_cpu_to_le32(0x08070605u);
    s.count = vwr_cpu_to_le32(0x0c0b0a09u);
    s.size = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_snd_query_info", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_snd_query_info(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_snd_query_info s;

    memset(&s, 0, sizeof(s));
    s.hdr.code = vwr_cpu_to_le32(0x04030201u);
    s.start_id = vwr_cpu_to_le32(0x08070605u);
    s.count = vwr_cpu_to_le32(0x0c0b0a09u);
    s.size = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_snd_query_info", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_snd_info(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_snd_info s;

    memset(&s, 0, sizeof(s));
    s.hda_fn_nid = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct vwr_snd_info", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_snd_info(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_snd_info s;

    memset(&s, 0, sizeof(s));
    s.hda_fn_nid = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct virtio_snd_info", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_snd_jack_hdr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_snd_jack_hdr s;

    memset(&s, 0, sizeof(s));
    s.hdr.code = vwr_cpu_to_le32(0x04030201u);
    s.jack_id = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_snd_jack_hdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_snd_jack_hdr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_snd_jack_hdr s;

    memset(&s, 0, sizeof(s));
    s.hdr.code = vwr_cpu_to_le32(0x04030201u);
    s.jack_id = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_snd_jack_hdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_snd_jack_info(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_snd_jack_info s;

    memset(&s, 0, sizeof(s));
    s.hdr.hda_fn_nid = vwr_cpu_to_le32(0x04030201u);
    s.features = vwr_cpu_to_le32(0x08070605u);
    s.hda_reg_defconf = vwr_cpu_to_le32(0x0c0b0a09u);
    s.hda_reg_caps = vwr_cpu_to_le32(0x100f0e0du);
    s.connected = 0x11u;
    for (unsigned i = 0; i < 7; i++)
        s.padding[i] = (uint8_t)(0x12u + i);
    return check_bytes("struct vwr_snd_jack_info", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_snd_jack_info(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_snd_jack_info s;

    memset(&s, 0, sizeof(s));
    s.hdr.hda_fn_nid = vwr_cpu_to_le32(0x04030201u);
    s.features = vwr_cpu_to_le32(0x08070605u);
    s.hda_reg_defconf = vwr_cpu_to_le32(0x0c0b0a09u);
    s.hda_reg_caps = vwr_cpu_to_le32(0x100f0e0du);
    s.connected = 0x11u;
    for (unsigned i = 0; i < 7; i++)
        s.padding[i] = (uint8_t)(0x12u + i);
    return check_bytes("struct virtio_snd_jack_info", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_snd_jack_remap(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_snd_jack_remap s;

    memset(&s, 0, sizeof(s));
    s.hdr.hdr.code = vwr_cpu_to_le32(0x04030201u);
    s.hdr.jack_id = vwr_cpu_to_le32(0x08070605u);
    s.association = vwr_cpu_to_le32(0x0c0b0a09u);
    s.sequence = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_snd_jack_remap", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_snd_jack_remap(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_snd_jack_remap s;

    memset(&s, 0, sizeof(s));
    s.hdr.hdr.code = vwr_cpu_to_le32(0x04030201u);
    s.hdr.jack_id = vwr_cpu_to_le32(0x08070605u);
    s.association = vwr_cpu_to_le32(0x0c0b0a09u);
    s.sequence = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_snd_jack_remap", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_snd_pcm_hdr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_snd_pcm_hdr s;

    memset(&s, 0, sizeof(s));
    s.hdr.code = vwr_cpu_to_le32(0x04030201u);
    s.stream_id = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_snd_pcm_hdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_snd_pcm_hdr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_snd_pcm_hdr s;

    memset(&s, 0, sizeof(s));
    s.hdr.code = vwr_cpu_to_le32(0x04030201u);
    s.stream_id = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_snd_pcm_hdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_snd_pcm_info(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct vwr_snd_pcm_info s;

    memset(&s, 0, sizeof(s));
    s.hdr.hda_fn_nid = vwr_cpu_to_le32(0x04030201u);
    s.features = vwr_cpu_to_le32(0x08070605u);
    s.formats = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.rates = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.direction = 0x19u;
    s.channels_min = 0x1au;
    s.channels_max = 0x1bu;
    for (unsigned i = 0; i < 5; i++)
        s.padding[i] = (uint8_t)(0x1cu + i);
    return check_bytes("struct vwr_snd_pcm_info", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_snd_pcm_info(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct virtio_snd_pcm_info s;

    memset(&s, 0, sizeof(s));
    s.hdr.hda_fn_nid = vwr_cpu_to_le32(0x04030201u);
    s.features = vwr_cpu_to_le32(0x08070605u);
    s.formats = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.rates = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.direction = 0x19u;
    s.channels_min = 0x1au;
    s.channels_max = 0x1bu;
    for (unsigned i = 0; i < 5; i++)
        s.padding[i] = (uint8_t)(0x1cu + i);
    return check_bytes("struct virtio_snd_pcm_info", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_snd_pcm_set_params(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_snd_pcm_set_params s;

    memset(&s, 0, sizeof(s));
    s.hdr.hdr.code = vwr_cpu_to_le32(0x04030201u);
    s.hdr.stream_id = vwr_cpu_to_le32(0x08070605u);
    s.buffer_bytes = vwr_cpu_to_le32(0x0c0b0a09u);
    s.period_bytes = vwr_cpu_to_le32(0x100f0e0du);
    s.features = vwr_cpu_to_le32(0x14131211u);
    s.channels = 0x15u;
    s.format = 0x16u;
    s.rate = 0x17u;
    s.padding = 0x18u;
    return check_bytes("struct vwr_snd_pcm_set_params", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_snd_pcm_set_params(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_snd_pcm_set_params s;

    memset(&s, 0, sizeof(s));
    s.hdr.hdr.code = vwr_cpu_to_le32(0x04030201u);
    s.hdr.stream_id = vwr_cpu_to_le32(0x08070605u);
    s.buffer_bytes = vwr_cpu_to_le32(0x0c0b0a09u);
    s.period_bytes = vwr_cpu_to_le32(0x100f0e0du);
    s.features = vwr_cpu_to_le32(0x14131211u);
    s.channels = 0x15u;
    s.format = 0x16u;
    s.rate = 0x17u;
    s.padding = 0x18u;
    return check_bytes("struct virtio_snd_pcm_set_params", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_snd_pcm_xfer(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_snd_pcm_xfer s;

    memset(&s, 0, sizeof(s));
    s.stream_id = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct vwr_snd_pcm_xfer", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_snd_pcm_xfer(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_snd_pcm_xfer s;

    memset(&s, 0, sizeof(s));
    s.stream_id = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct virtio_snd_pcm_xfer", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_snd_pcm_status(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_snd_pcm_status s;

    memset(&s, 0, sizeof(s));
    s.status = vwr_cpu_to_le32(0x04030201u);
    s.latency_bytes = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_snd_pcm_status", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_snd_pcm_status(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_snd_pcm_status s;

    memset(&s, 0, sizeof(s));
    s.status = vwr_cpu_to_le32(0x04030201u);
    s.latency_bytes = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_snd_pcm_status", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_snd_chmap_info(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_snd_chmap_info s;

    memset(&s, 0, sizeof(s));
    s.hdr.hda_fn_nid = vwr_cpu_to_le32(0x04030201u);
    s.direction = 0x05u;
    s.channels = 0x06u;
    for (unsigned i = 0; i < 18; i++)
        s.positions[i] = (uint8_t)(0x07u + i);
    return check_bytes("struct vwr_snd_chmap_info", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_snd_chmap_info(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_snd_chmap_info s;

    memset(&s, 0, sizeof(s));
    s.hdr.hda_fn_nid = vwr_cpu_to_le32(0x04030201u);
    s.direction = 0x05u;
    s.channels = 0x06u;
    for (unsigned i = 0; i < 18; i++)
        s.positions[i] = (uint8_t)(0x07u + i);
    return check_bytes("struct virtio_snd_chmap_info", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_snd_ctl_hdr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_snd_ctl_hdr s;

    memset(&s, 0, sizeof(s));
    s.hdr.code = vwr_cpu_to_le32(0x04030201u);
    s.control_id = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_snd_ctl_hdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_snd_ctl_hdr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_snd_ctl_hdr s;

    memset(&s, 0, sizeof(s));
    s.hdr.code = vwr_cpu_to_le32(0x04030201u);
    s.control_id = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_snd_ctl_hdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_snd_ctl_info_value_integer(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct vwr_snd_ctl_info_value_integer s;

    memset(&s, 0, sizeof(s));
    s.min = vwr_cpu_to_le32(0x04030201u);
    s.max = vwr_cpu_to_le32(0x08070605u);
    s.step = vwr_cpu_to_le32(0x0c0b0a09u);
    return check_bytes("struct vwr_snd_ctl_info_value_integer", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_snd_ctl_info_value_integer(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct virtio_snd_ctl_info_value_integer s;

    memset(&s, 0, sizeof(s));
    s.min = vwr_cpu_to_le32(0x04030201u);
    s.max = vwr_cpu_to_le32(0x08070605u);
    s.step = vwr_cpu_to_le32(0x0c0b0a09u);
    return check_bytes("struct virtio_snd_ctl_info_value_integer", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_snd_ctl_info_value_integer64(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_snd_ctl_info_value_integer64 s;

    memset(&s, 0, sizeof(s));
    s.min = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.max = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.step = vwr_cpu_to_le64(0x1817161514131211ULL);
    return check_bytes("struct vwr_snd_ctl_info_value_integer64", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_snd_ctl_info_value_integer64(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_snd_ctl_info_value_integer64 s;

    memset(&s, 0, sizeof(s));
    s.min = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.max = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.step = vwr_cpu_to_le64(0x1817161514131211ULL);
    return check_bytes("struct virtio_snd_ctl_info_value_integer64", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_snd_ctl_info_value_enumerated(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_snd_ctl_info_value_enumerated s;

    memset(&s, 0, sizeof(s));
    s.items = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct vwr_snd_ctl_info_value_enumerated", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_snd_ctl_info_value_enumerated(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_snd_ctl_info_value_enumerated s;

    memset(&s, 0, sizeof(s));
    s.items = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct virtio_snd_ctl_info_value_enumerated", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_snd_ctl_info(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
        0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f, 0x50, 0x51, 0x52, 0x53, 0x54,
        0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x5b, 0x5c,
    };
    struct vwr_snd_ctl_info s;

    memset(&s, 0, sizeof(s));
    s.hdr.hda_fn_nid = vwr_cpu_to_le32(0x04030201u);
    s.role = vwr_cpu_to_le32(0x08070605u);
    s.type = vwr_cpu_to_le32(0x0c0b0a09u);
    s.access = vwr_cpu_to_le32(0x100f0e0du);
    s.count = vwr_cpu_to_le32(0x14131211u);
    s.index = vwr_cpu_to_le32(0x18171615u);
    for (unsigned i = 0; i < 44; i++)
        s.name[i] = (uint8_t)(0x19u + i);
    s.value.integer64.min = vwr_cpu_to_le64(0x4c4b4a4948474645ULL);
    s.value.integer64.max = vwr_cpu_to_le64(0x54535251504f4e4dULL);
    s.value.integer64.step = vwr_cpu_to_le64(0x5c5b5a5958575655ULL);
    return check_bytes("struct vwr_snd_ctl_info", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_snd_ctl_info(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
        0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f, 0x50, 0x51, 0x52, 0x53, 0x54,
        0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x5b, 0x5c,
    };
    struct virtio_snd_ctl_info s;

    memset(&s, 0, sizeof(s));
    s.hdr.hda_fn_nid = vwr_cpu_to_le32(0x04030201u);
    s.role = vwr_cpu_to_le32(0x08070605u);
    s.type = vwr_cpu_to_le32(0x0c0b0a09u);
    s.access = vwr_cpu_to_le32(0x100f0e0du);
    s.count = vwr_cpu_to_le32(0x14131211u);
    s.index = vwr_cpu_to_le32(0x18171615u);
    for (unsigned i = 0; i < 44; i++)
        s.name[i] = (uint8_t)(0x19u + i);
    s.value.integer64.min = vwr_cpu_to_le64(0x4c4b4a4948474645ULL);
    s.value.integer64.max = vwr_cpu_to_le64(0x54535251504f4e4dULL);
    s.value.integer64.step = vwr_cpu_to_le64(0x5c5b5a5958575655ULL);
    return check_bytes("struct virtio_snd_ctl_info", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_snd_ctl_enum_item(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40,
    };
    struct vwr_snd_ctl_enum_item s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 64; i++)
        s.item[i] = (uint8_t)(0x01u + i);
    return check_bytes("struct vwr_snd_ctl_enum_item", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_snd_ctl_enum_item(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40,
    };
    struct virtio_snd_ctl_enum_item s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 64; i++)
        s.item[i] = (uint8_t)(0x01u + i);
    return check_bytes("struct virtio_snd_ctl_enum_item", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_snd_ctl_iec958(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
        0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f, 0x50, 0x51, 0x52, 0x53, 0x54,
        0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x5b, 0x5c, 0x5d, 0x5e, 0x5f, 0x60,
        0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c,
        0x6d, 0x6e, 0x6f, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78,
        0x79, 0x7a, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f, 0x80, 0x81, 0x82, 0x83, 0x84,
        0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8d, 0x8e, 0x8f, 0x90,
        0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c,
        0x9d, 0x9e, 0x9f, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8,
        0xa9, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xaf, 0xb0,
    };
    struct vwr_snd_ctl_iec958 s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 24; i++)
        s.status[i] = (uint8_t)(0x01u + i);
    for (unsigned i = 0; i < 147; i++)
        s.subcode[i] = (uint8_t)(0x19u + i);
    s.pad = 0xacu;
    for (unsigned i = 0; i < 4; i++)
        s.dig_subframe[i] = (uint8_t)(0xadu + i);
    return check_bytes("struct vwr_snd_ctl_iec958", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_snd_ctl_iec958(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
        0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f, 0x50, 0x51, 0x52, 0x53, 0x54,
        0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x5b, 0x5c, 0x5d, 0x5e, 0x5f, 0x60,
        0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c,
        0x6d, 0x6e, 0x6f, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78,
        0x79, 0x7a, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f, 0x80, 0x81, 0x82, 0x83, 0x84,
        0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8d, 0x8e, 0x8f, 0x90,
        0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c,
        0x9d, 0x9e, 0x9f, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8,
        0xa9, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xaf, 0xb0,
    };
    struct virtio_snd_ctl_iec958 s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 24; i++)
        s.status[i] = (uint8_t)(0x01u + i);
    for (unsigned i = 0; i < 147; i++)
        s.subcode[i] = (uint8_t)(0x19u + i);
    s.pad = 0xacu;
    for (unsigned i = 0; i < 4; i++)
        s.dig_subframe[i] = (uint8_t)(0xadu + i);
    return check_bytes("struct virtio_snd_ctl_iec958", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_snd_ctl_value(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
        0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f, 0x50, 0x51, 0x52, 0x53, 0x54,
        0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x5b, 0x5c, 0x5d, 0x5e, 0x5f, 0x60,
        0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c,
        0x6d, 0x6e, 0x6f, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78,
        0x79, 0x7a, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f, 0x80, 0x81, 0x82, 0x83, 0x84,
        0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8d, 0x8e, 0x8f, 0x90,
        0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c,
        0x9d, 0x9e, 0x9f, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8,
        0xa9, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xaf, 0xb0, 0xb1, 0xb2, 0xb3, 0xb4,
        0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xbb, 0xbc, 0xbd, 0xbe, 0xbf, 0xc0,
        0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xcb, 0xcc,
        0xcd, 0xce, 0xcf, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8,
        0xd9, 0xda, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0xe0, 0xe1, 0xe2, 0xe3, 0xe4,
        0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xeb, 0xec, 0xed, 0xee, 0xef, 0xf0,
        0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa, 0xfb, 0xfc,
        0xfd, 0xfe, 0xff, 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
        0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14,
        0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
        0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c,
        0x2d, 0x2e, 0x2f, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38,
        0x39, 0x3a, 0x3b, 0x3c, 0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44,
        0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f, 0x50,
        0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x5b, 0x5c,
        0x5d, 0x5e, 0x5f, 0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68,
        0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70, 0x71, 0x72, 0x73, 0x74,
        0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f, 0x80,
        0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c,
        0x8d, 0x8e, 0x8f, 0x90, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98,
        0x99, 0x9a, 0x9b, 0x9c, 0x9d, 0x9e, 0x9f, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4,
        0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xaf, 0xb0,
        0xb1, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xbb, 0xbc,
        0xbd, 0xbe, 0xbf, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc8,
        0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xce, 0xcf, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4,
        0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0xe0,
        0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xeb, 0xec,
        0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8,
        0xf9, 0xfa, 0xfb, 0xfc, 0xfd, 0xfe, 0xff, 0x00,
    };
    struct vwr_snd_ctl_value s;

    memset(&s, 0, sizeof(s));
    s.value.integer[0] = vwr_cpu_to_le32(0x04030201u);
    s.value.integer[1] = vwr_cpu_to_le32(0x08070605u);
    s.value.integer[2] = vwr_cpu_to_le32(0x0c0b0a09u);
    s.value.integer[3] = vwr_cpu_to_le32(0x100f0e0du);
    s.value.integer[4] = vwr_cpu_to_le32(0x14131211u);
    s.value.integer[5] = vwr_cpu_to_le32(0x18171615u);
    s.value.integer[6] = vwr_cpu_to_le32(0x1c1b1a19u);
    s.value.integer[7] = vwr_cpu_to_le32(0x201f1e1du);
    s.value.integer[8] = vwr_cpu_to_le32(0x24232221u);
    s.value.integer[9] = vwr_cpu_to_le32(0x28272625u);
    s.value.integer[10] = vwr_cpu_to_le32(0x2c2b2a29u);
    s.value.integer[11] = vwr_cpu_to_le32(0x302f2e2du);
    s.value.integer[12] = vwr_cpu_to_le32(0x34333231u);
    s.value.integer[13] = vwr_cpu_to_le32(0x38373635u);
    s.value.integer[14] = vwr_cpu_to_le32(0x3c3b3a39u);
    s.value.integer[15] = vwr_cpu_to_le32(0x403f3e3du);
    s.value.integer[16] = vwr_cpu_to_le32(0x44434241u);
    s.value.integer[17] = vwr_cpu_to_le32(0x48474645u);
    s.value.integer[18] = vwr_cpu_to_le32(0x4c4b4a49u);
    s.value.integer[19] = vwr_cpu_to_le32(0x504f4e4du);
    s.value.integer[20] = vwr_cpu_to_le32(0x54535251u);
    s.value.integer[21] = vwr_cpu_to_le32(0x58575655u);
    s.value.integer[22] = vwr_cpu_to_le32(0x5c5b5a59u);
    s.value.integer[23] = vwr_cpu_to_le32(0x605f5e5du);
    s.value.integer[24] = vwr_cpu_to_le32(0x64636261u);
    s.value.integer[25] = vwr_cpu_to_le32(0x68676665u);
    s.value.integer[26] = vwr_cpu_to_le32(0x6c6b6a69u);
    s.value.integer[27] = vwr_cpu_to_le32(0x706f6e6du);
    s.value.integer[28] = vwr_cpu_to_le32(0x74737271u);
    s.value.integer[29] = vwr_cpu_to_le32(0x78777675u);
    s.value.integer[30] = vwr_cpu_to_le32(0x7c7b7a79u);
    s.value.integer[31] = vwr_cpu_to_le32(0x807f7e7du);
    s.value.integer[32] = vwr_cpu_to_le32(0x84838281u);
    s.value.integer[33] = vwr_cpu_to_le32(0x88878685u);
    s.value.integer[34] = vwr_cpu_to_le32(0x8c8b8a89u);
    s.value.integer[35] = vwr_cpu_to_le32(0x908f8e8du);
    s.value.integer[36] = vwr_cpu_to_le32(0x94939291u);
    s.value.integer[37] = vwr_cpu_to_le32(0x98979695u);
    s.value.integer[38] = vwr_cpu_to_le32(0x9c9b9a99u);
    s.value.integer[39] = vwr_cpu_to_le32(0xa09f9e9du);
    s.value.integer[40] = vwr_cpu_to_le32(0xa4a3a2a1u);
    s.value.integer[41] = vwr_cpu_to_le32(0xa8a7a6a5u);
    s.value.integer[42] = vwr_cpu_to_le32(0xacabaaa9u);
    s.value.integer[43] = vwr_cpu_to_le32(0xb0afaeadu);
    s.value.integer[44] = vwr_cpu_to_le32(0xb4b3b2b1u);
    s.value.integer[45] = vwr_cpu_to_le32(0xb8b7b6b5u);
    s.value.integer[46] = vwr_cpu_to_le32(0xbcbbbab9u);
    s.value.integer[47] = vwr_cpu_to_le32(0xc0bfbebdu);
    s.value.integer[48] = vwr_cpu_to_le32(0xc4c3c2c1u);
    s.value.integer[49] = vwr_cpu_to_le32(0xc8c7c6c5u);
    s.value.integer[50] = vwr_cpu_to_le32(0xcccbcac9u);
    s.value.integer[51] = vwr_cpu_to_le32(0xd0cfcecdu);
    s.value.integer[52] = vwr_cpu_to_le32(0xd4d3d2d1u);
    s.value.integer[53] = vwr_cpu_to_le32(0xd8d7d6d5u);
    s.value.integer[54] = vwr_cpu_to_le32(0xdcdbdad9u);
    s.value.integer[55] = vwr_cpu_to_le32(0xe0dfdeddu);
    s.value.integer[56] = vwr_cpu_to_le32(0xe4e3e2e1u);
    s.value.integer[57] = vwr_cpu_to_le32(0xe8e7e6e5u);
    s.value.integer[58] = vwr_cpu_to_le32(0xecebeae9u);
    s.value.integer[59] = vwr_cpu_to_le32(0xf0efeeedu);
    s.value.integer[60] = vwr_cpu_to_le32(0xf4f3f2f1u);
    s.value.integer[61] = vwr_cpu_to_le32(0xf8f7f6f5u);
    s.value.integer[62] = vwr_cpu_to_le32(0xfcfbfaf9u);
    s.value.integer[63] = vwr_cpu_to_le32(0x00fffefdu);
    s.value.integer[64] = vwr_cpu_to_le32(0x04030201u);
    s.value.integer[65] = vwr_cpu_to_le32(0x08070605u);
    s.value.integer[66] = vwr_cpu_to_le32(0x0c0b0a09u);
    s.value.integer[67] = vwr_cpu_to_le32(0x100f0e0du);
    s.value.integer[68] = vwr_cpu_to_le32(0x14131211u);
    s.value.integer[69] = vwr_cpu_to_le32(0x18171615u);
    s.value.integer[70] = vwr_cpu_to_le32(0x1c1b1a19u);
    s.value.integer[71] = vwr_cpu_to_le32(0x201f1e1du);
    s.value.integer[72] = vwr_cpu_to_le32(0x24232221u);
    s.value.integer[73] = vwr_cpu_to_le32(0x28272625u);
    s.value.integer[74] = vwr_cpu_to_le32(0x2c2b2a29u);
    s.value.integer[75] = vwr_cpu_to_le32(0x302f2e2du);
    s.value.integer[76] = vwr_cpu_to_le32(0x34333231u);
    s.value.integer[77] = vwr_cpu_to_le32(0x38373635u);
    s.value.integer[78] = vwr_cpu_to_le32(0x3c3b3a39u);
    s.value.integer[79] = vwr_cpu_to_le32(0x403f3e3du);
    s.value.integer[80] = vwr_cpu_to_le32(0x44434241u);
    s.value.integer[81] = vwr_cpu_to_le32(0x48474645u);
    s.value.integer[82] = vwr_cpu_to_le32(0x4c4b4a49u);
    s.value.integer[83] = vwr_cpu_to_le32(0x504f4e4du);
    s.value.integer[84] = vwr_cpu_to_le32(0x54535251u);
    s.value.integer[85] = vwr_cpu_to_le32(0x58575655u);
    s.value.integer[86] = vwr_cpu_to_le32(0x5c5b5a59u);
    s.value.integer[87] = vwr_cpu_to_le32(0x605f5e5du);
    s.value.integer[88] = vwr_cpu_to_le32(0x64636261u);
    s.value.integer[89] = vwr_cpu_to_le32(0x68676665u);
    s.value.integer[90] = vwr_cpu_to_le32(0x6c6b6a69u);
    s.value.integer[91] = vwr_cpu_to_le32(0x706f6e6du);
    s.value.integer[92] = vwr_cpu_to_le32(0x74737271u);
    s.value.integer[93] = vwr_cpu_to_le32(0x78777675u);
    s.value.integer[94] = vwr_cpu_to_le32(0x7c7b7a79u);
    s.value.integer[95] = vwr_cpu_to_le32(0x807f7e7du);
    s.value.integer[96] = vwr_cpu_to_le32(0x84838281u);
    s.value.integer[97] = vwr_cpu_to_le32(0x88878685u);
    s.value.integer[98] = vwr_cpu_to_le32(0x8c8b8a89u);
    s.value.integer[99] = vwr_cpu_to_le32(0x908f8e8du);
    s.value.integer[100] = vwr_cpu_to_le32(0x94939291u);
    s.value.integer[101] = vwr_cpu_to_le32(0x98979695u);
    s.value.integer[102] = vwr_cpu_to_le32(0x9c9b9a99u);
    s.value.integer[103] = vwr_cpu_to_le32(0xa09f9e9du);
    s.value.integer[104] = vwr_cpu_to_le32(0xa4a3a2a1u);
    s.value.integer[105] = vwr_cpu_to_le32(0xa8a7a6a5u);
    s.value.integer[106] = vwr_cpu_to_le32(0xacabaaa9u);
    s.value.integer[107] = vwr_cpu_to_le32(0xb0afaeadu);
    s.value.integer[108] = vwr_cpu_to_le32(0xb4b3b2b1u);
    s.value.integer[109] = vwr_cpu_to_le32(0xb8b7b6b5u);
    s.value.integer[110] = vwr_cpu_to_le32(0xbcbbbab9u);
    s.value.integer[111] = vwr_cpu_to_le32(0xc0bfbebdu);
    s.value.integer[112] = vwr_cpu_to_le32(0xc4c3c2c1u);
    s.value.integer[113] = vwr_cpu_to_le32(0xc8c7c6c5u);
    s.value.integer[114] = vwr_cpu_to_le32(0xcccbcac9u);
    s.value.integer[115] = vwr_cpu_to_le32(0xd0cfcecdu);
    s.value.integer[116] = vwr_cpu_to_le32(0xd4d3d2d1u);
    s.value.integer[117] = vwr_cpu_to_le32(0xd8d7d6d5u);
    s.value.integer[118] = vwr_cpu_to_le32(0xdcdbdad9u);
    s.value.integer[119] = vwr_cpu_to_le32(0xe0dfdeddu);
    s.value.integer[120] = vwr_cpu_to_le32(0xe4e3e2e1u);
    s.value.integer[121] = vwr_cpu_to_le32(0xe8e7e6e5u);
    s.value.integer[122] = vwr_cpu_to_le32(0xecebeae9u);
    s.value.integer[123] = vwr_cpu_to_le32(0xf0efeeedu);
    s.value.integer[124] = vwr_cpu_to_le32(0xf4f3f2f1u);
    s.value.integer[125] = vwr_cpu_to_le32(0xf8f7f6f5u);
    s.value.integer[126] = vwr_cpu_to_le32(0xfcfbfaf9u);
    s.value.integer[127] = vwr_cpu_to_le32(0x00fffefdu);
    return check_bytes("struct vwr_snd_ctl_value", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_snd_ctl_value(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
        0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f, 0x50, 0x51, 0x52, 0x53, 0x54,
        0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x5b, 0x5c, 0x5d, 0x5e, 0x5f, 0x60,
        0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c,
        0x6d, 0x6e, 0x6f, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78,
        0x79, 0x7a, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f, 0x80, 0x81, 0x82, 0x83, 0x84,
        0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8d, 0x8e, 0x8f, 0x90,
        0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c,
        0x9d, 0x9e, 0x9f, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8,
        0xa9, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xaf, 0xb0, 0xb1, 0xb2, 0xb3, 0xb4,
        0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xbb, 0xbc, 0xbd, 0xbe, 0xbf, 0xc0,
        0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xcb, 0xcc,
        0xcd, 0xce, 0xcf, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8,
        0xd9, 0xda, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0xe0, 0xe1, 0xe2, 0xe3, 0xe4,
        0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xeb, 0xec, 0xed, 0xee, 0xef, 0xf0,
        0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa, 0xfb, 0xfc,
        0xfd, 0xfe, 0xff, 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
        0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14,
        0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
        0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c,
        0x2d, 0x2e, 0x2f, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38,
        0x39, 0x3a, 0x3b, 0x3c, 0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44,
        0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f, 0x50,
        0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x5b, 0x5c,
        0x5d, 0x5e, 0x5f, 0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68,
        0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70, 0x71, 0x72, 0x73, 0x74,
        0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f, 0x80,
        0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c,
        0x8d, 0x8e, 0x8f, 0x90, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98,
        0x99, 0x9a, 0x9b, 0x9c, 0x9d, 0x9e, 0x9f, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4,
        0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xaf, 0xb0,
        0xb1, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xbb, 0xbc,
        0xbd, 0xbe, 0xbf, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc8,
        0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xce, 0xcf, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4,
        0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0xe0,
        0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xeb, 0xec,
        0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8,
        0xf9, 0xfa, 0xfb, 0xfc, 0xfd, 0xfe, 0xff, 0x00,
    };
    struct virtio_snd_ctl_value s;

    memset(&s, 0, sizeof(s));
    s.value.integer[0] = vwr_cpu_to_le32(0x04030201u);
    s.value.integer[1] = vwr_cpu_to_le32(0x08070605u);
    s.value.integer[2] = vwr_cpu_to_le32(0x0c0b0a09u);
    s.value.integer[3] = vwr_cpu_to_le32(0x100f0e0du);
    s.value.integer[4] = vwr_cpu_to_le32(0x14131211u);
    s.value.integer[5] = vwr_cpu_to_le32(0x18171615u);
    s.value.integer[6] = vwr_cpu_to_le32(0x1c1b1a19u);
    s.value.integer[7] = vwr_cpu_to_le32(0x201f1e1du);
    s.value.integer[8] = vwr_cpu_to_le32(0x24232221u);
    s.value.integer[9] = vwr_cpu_to_le32(0x28272625u);
    s.value.integer[10] = vwr_cpu_to_le32(0x2c2b2a29u);
    s.value.integer[11] = vwr_cpu_to_le32(0x302f2e2du);
    s.value.integer[12] = vwr_cpu_to_le32(0x34333231u);
    s.value.integer[13] = vwr_cpu_to_le32(0x38373635u);
    s.value.integer[14] = vwr_cpu_to_le32(0x3c3b3a39u);
    s.value.integer[15] = vwr_cpu_to_le32(0x403f3e3du);
    s.value.integer[16] = vwr_cpu_to_le32(0x44434241u);
    s.value.integer[17] = vwr_cpu_to_le32(0x48474645u);
    s.value.integer[18] = vwr_cpu_to_le32(0x4c4b4a49u);
    s.value.integer[19] = vwr_cpu_to_le32(0x504f4e4du);
    s.value.integer[20] = vwr_cpu_to_le32(0x54535251u);
    s.value.integer[21] = vwr_cpu_to_le32(0x58575655u);
    s.value.integer[22] = vwr_cpu_to_le32(0x5c5b5a59u);
    s.value.integer[23] = vwr_cpu_to_le32(0x605f5e5du);
    s.value.integer[24] = vwr_cpu_to_le32(0x64636261u);
    s.value.integer[25] = vwr_cpu_to_le32(0x68676665u);
    s.value.integer[26] = vwr_cpu_to_le32(0x6c6b6a69u);
    s.value.integer[27] = vwr_cpu_to_le32(0x706f6e6du);
    s.value.integer[28] = vwr_cpu_to_le32(0x74737271u);
    s.value.integer[29] = vwr_cpu_to_le32(0x78777675u);
    s.value.integer[30] = vwr_cpu_to_le32(0x7c7b7a79u);
    s.value.integer[31] = vwr_cpu_to_le32(0x807f7e7du);
    s.value.integer[32] = vwr_cpu_to_le32(0x84838281u);
    s.value.integer[33] = vwr_cpu_to_le32(0x88878685u);
    s.value.integer[34] = vwr_cpu_to_le32(0x8c8b8a89u);
    s.value.integer[35] = vwr_cpu_to_le32(0x908f8e8du);
    s.value.integer[36] = vwr_cpu_to_le32(0x94939291u);
    s.value.integer[37] = vwr_cpu_to_le32(0x98979695u);
    s.value.integer[38] = vwr_cpu_to_le32(0x9c9b9a99u);
    s.value.integer[39] = vwr_cpu_to_le32(0xa09f9e9du);
    s.value.integer[40] = vwr_cpu_to_le32(0xa4a3a2a1u);
    s.value.integer[41] = vwr_cpu_to_le32(0xa8a7a6a5u);
    s.value.integer[42] = vwr_cpu_to_le32(0xacabaaa9u);
    s.value.integer[43] = vwr_cpu_to_le32(0xb0afaeadu);
    s.value.integer[44] = vwr_cpu_to_le32(0xb4b3b2b1u);
    s.value.integer[45] = vwr_cpu_to_le32(0xb8b7b6b5u);
    s.value.integer[46] = vwr_cpu_to_le32(0xbcbbbab9u);
    s.value.integer[47] = vwr_cpu_to_le32(0xc0bfbebdu);
    s.value.integer[48] = vwr_cpu_to_le32(0xc4c3c2c1u);
    s.value.integer[49] = vwr_cpu_to_le32(0xc8c7c6c5u);
    s.value.integer[50] = vwr_cpu_to_le32(0xcccbcac9u);
    s.value.integer[51] = vwr_cpu_to_le32(0xd0cfcecdu);
    s.value.integer[52] = vwr_cpu_to_le32(0xd4d3d2d1u);
    s.value.integer[53] = vwr_cpu_to_le32(0xd8d7d6d5u);
    s.value.integer[54] = vwr_cpu_to_le32(0xdcdbdad9u);
    s.value.integer[55] = vwr_cpu_to_le32(0xe0dfdeddu);
    s.value.integer[56] = vwr_cpu_to_le32(0xe4e3e2e1u);
    s.value.integer[57] = vwr_cpu_to_le32(0xe8e7e6e5u);
    s.value.integer[58] = vwr_cpu_to_le32(0xecebeae9u);
    s.value.integer[59] = vwr_cpu_to_le32(0xf0efeeedu);
    s.value.integer[60] = vwr_cpu_to_le32(0xf4f3f2f1u);
    s.value.integer[61] = vwr_cpu_to_le32(0xf8f7f6f5u);
    s.value.integer[62] = vwr_cpu_to_le32(0xfcfbfaf9u);
    s.value.integer[63] = vwr_cpu_to_le32(0x00fffefdu);
    s.value.integer[64] = vwr_cpu_to_le32(0x04030201u);
    s.value.integer[65] = vwr_cpu_to_le32(0x08070605u);
    s.value.integer[66] = vwr_cpu_to_le32(0x0c0b0a09u);
    s.value.integer[67] = vwr_cpu_to_le32(0x100f0e0du);
    s.value.integer[68] = vwr_cpu_to_le32(0x14131211u);
    s.value.integer[69] = vwr_cpu_to_le32(0x18171615u);
    s.value.integer[70] = vwr_cpu_to_le32(0x1c1b1a19u);
    s.value.integer[71] = vwr_cpu_to_le32(0x201f1e1du);
    s.value.integer[72] = vwr_cpu_to_le32(0x24232221u);
    s.value.integer[73] = vwr_cpu_to_le32(0x28272625u);
    s.value.integer[74] = vwr_cpu_to_le32(0x2c2b2a29u);
    s.value.integer[75] = vwr_cpu_to_le32(0x302f2e2du);
    s.value.integer[76] = vwr_cpu_to_le32(0x34333231u);
    s.value.integer[77] = vwr_cpu_to_le32(0x38373635u);
    s.value.integer[78] = vwr_cpu_to_le32(0x3c3b3a39u);
    s.value.integer[79] = vwr_cpu_to_le32(0x403f3e3du);
    s.value.integer[80] = vwr_cpu_to_le32(0x44434241u);
    s.value.integer[81] = vwr_cpu_to_le32(0x48474645u);
    s.value.integer[82] = vwr_cpu_to_le32(0x4c4b4a49u);
    s.value.integer[83] = vwr_cpu_to_le32(0x504f4e4du);
    s.value.integer[84] = vwr_cpu_to_le32(0x54535251u);
    s.value.integer[85] = vwr_cpu_to_le32(0x58575655u);
    s.value.integer[86] = vwr_cpu_to_le32(0x5c5b5a59u);
    s.value.integer[87] = vwr_cpu_to_le32(0x605f5e5du);
    s.value.integer[88] = vwr_cpu_to_le32(0x64636261u);
    s.value.integer[89] = vwr_cpu_to_le32(0x68676665u);
    s.value.integer[90] = vwr_cpu_to_le32(0x6c6b6a69u);
    s.value.integer[91] = vwr_cpu_to_le32(0x706f6e6du);
    s.value.integer[92] = vwr_cpu_to_le32(0x74737271u);
    s.value.integer[93] = vwr_cpu_to_le32(0x78777675u);
    s.value.integer[94] = vwr_cpu_to_le32(0x7c7b7a79u);
    s.value.integer[95] = vwr_cpu_to_le32(0x807f7e7du);
    s.value.integer[96] = vwr_cpu_to_le32(0x84838281u);
    s.value.integer[97] = vwr_cpu_to_le32(0x88878685u);
    s.value.integer[98] = vwr_cpu_to_le32(0x8c8b8a89u);
    s.value.integer[99] = vwr_cpu_to_le32(0x908f8e8du);
    s.value.integer[100] = vwr_cpu_to_le32(0x94939291u);
    s.value.integer[101] = vwr_cpu_to_le32(0x98979695u);
    s.value.integer[102] = vwr_cpu_to_le32(0x9c9b9a99u);
    s.value.integer[103] = vwr_cpu_to_le32(0xa09f9e9du);
    s.value.integer[104] = vwr_cpu_to_le32(0xa4a3a2a1u);
    s.value.integer[105] = vwr_cpu_to_le32(0xa8a7a6a5u);
    s.value.integer[106] = vwr_cpu_to_le32(0xacabaaa9u);
    s.value.integer[107] = vwr_cpu_to_le32(0xb0afaeadu);
    s.value.integer[108] = vwr_cpu_to_le32(0xb4b3b2b1u);
    s.value.integer[109] = vwr_cpu_to_le32(0xb8b7b6b5u);
    s.value.integer[110] = vwr_cpu_to_le32(0xbcbbbab9u);
    s.value.integer[111] = vwr_cpu_to_le32(0xc0bfbebdu);
    s.value.integer[112] = vwr_cpu_to_le32(0xc4c3c2c1u);
    s.value.integer[113] = vwr_cpu_to_le32(0xc8c7c6c5u);
    s.value.integer[114] = vwr_cpu_to_le32(0xcccbcac9u);
    s.value.integer[115] = vwr_cpu_to_le32(0xd0cfcecdu);
    s.value.integer[116] = vwr_cpu_to_le32(0xd4d3d2d1u);
    s.value.integer[117] = vwr_cpu_to_le32(0xd8d7d6d5u);
    s.value.integer[118] = vwr_cpu_to_le32(0xdcdbdad9u);
    s.value.integer[119] = vwr_cpu_to_le32(0xe0dfdeddu);
    s.value.integer[120] = vwr_cpu_to_le32(0xe4e3e2e1u);
    s.value.integer[121] = vwr_cpu_to_le32(0xe8e7e6e5u);
    s.value.integer[122] = vwr_cpu_to_le32(0xecebeae9u);
    s.value.integer[123] = vwr_cpu_to_le32(0xf0efeeedu);
    s.value.integer[124] = vwr_cpu_to_le32(0xf4f3f2f1u);
    s.value.integer[125] = vwr_cpu_to_le32(0xf8f7f6f5u);
    s.value.integer[126] = vwr_cpu_to_le32(0xfcfbfaf9u);
    s.value.integer[127] = vwr_cpu_to_le32(0x00fffefdu);
    return check_bytes("struct virtio_snd_ctl_value", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_snd_ctl_tlv(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_snd_ctl_tlv s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le32(0x04030201u);
    s.length = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_snd_ctl_tlv", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_snd_ctl_tlv(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_snd_ctl_tlv s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le32(0x04030201u);
    s.length = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_snd_ctl_tlv", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_snd_ctl_event(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_snd_ctl_event s;

    memset(&s, 0, sizeof(s));
    s.hdr.code = vwr_cpu_to_le32(0x04030201u);
    s.control_id = vwr_cpu_to_le16(0x0605u);
    s.mask = vwr_cpu_to_le16(0x0807u);
    return check_bytes("struct vwr_snd_ctl_event", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_snd_ctl_event(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_snd_ctl_event s;

    memset(&s, 0, sizeof(s));
    s.hdr.code = vwr_cpu_to_le32(0x04030201u);
    s.control_id = vwr_cpu_to_le16(0x0605u);
    s.mask = vwr_cpu_to_le16(0x0807u);
    return check_bytes("struct virtio_snd_ctl_event", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_snd_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_snd_config s;

    memset(&s, 0, sizeof(s));
    s.jacks = vwr_cpu_to_le32(0x04030201u);
    s.streams = vwr_cpu_to_le32(0x08070605u);
    s.chmaps = vwr_cpu_to_le32(0x0c0b0a09u);
    s.controls = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_snd_config", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_snd_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_snd_config s;

    memset(&s, 0, sizeof(s));
    s.jacks = vwr_cpu_to_le32(0x04030201u);
    s.streams = vwr_cpu_to_le32(0x08070605u);
    s.chmaps = vwr_cpu_to_le32(0x0c0b0a09u);
    s.controls = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_snd_config", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_SND_ID", VWR_SND_ID, 25},
        {"VWR_SND_F_CTLS", VWR_SND_F_CTLS, 0},
        {"VIRTIO_SND_F_CTLS", VIRTIO_SND_F_CTLS, 0},
        {"VWR_SND_S_OK", VWR_SND_S_OK, 0x8000},
        {"VIRTIO_SND_S_OK", VIRTIO_SND_S_OK, 0x8000},
        {"VWR_SND_S_BAD_MSG", VWR_SND_S_BAD_MSG, 0x8001},
        {"VIRTIO_SND_S_BAD_MSG", VIRTIO_SND_S_BAD_MSG, 0x8001},
        {"VWR_SND_S_NOT_SUPP", VWR_SND_S_NOT_SUPP, 0x8002},
        {"VIRTIO_SND_S_NOT_SUPP", VIRTIO_SND_S_NOT_SUPP, 0x8002},
        {"VWR_SND_S_IO_ERR", VWR_SND_S_IO_ERR, 0x8003},
        {"VIRTIO_SND_S_IO_ERR", VIRTIO_SND_S_IO_ERR, 0x8003},
        {"VWR_SND_D_OUTPUT", VWR_SND_D_OUTPUT, 0},
        {"VIRTIO_SND_D_OUTPUT", VIRTIO_SND_D_OUTPUT, 0},
        {"VWR_SND_D_INPUT", VWR_SND_D_INPUT, 1},
        {"VIRTIO_SND_D_INPUT", VIRTIO_SND_D_INPUT, 1},
        {"VWR_SND_JACK_F_REMAP", VWR_SND_JACK_F_REMAP, 0},
        {"VIRTIO_SND_JACK_F_REMAP", VIRTIO_SND_JACK_F_REMAP, 0},
        {"VWR_SND_PCM_F_SHMEM_HOST", VWR_SND_PCM_F_SHMEM_HOST, 0},
        {"VIRTIO_SND_PCM_F_SHMEM_HOST", VIRTIO_SND_PCM_F_SHMEM_HOST, 0},
        {"VWR_SND_PCM_F_SHMEM_GUEST", VWR_SND_PCM_F_SHMEM_GUEST, 1},
        {"VIRTIO_SND_PCM_F_SHMEM_GUEST", VIRTIO_SND_PCM_F_SHMEM_GUEST, 1},
        {"VWR_SND_PCM_F_MSG_POLLING", VWR_SND_PCM_F_MSG_POLLING, 2},
        {"VIRTIO_SND_PCM_F_MSG_POLLING", VIRTIO_SND_PCM_F_MSG_POLLING, 2},
        {"VWR_SND_PCM_F_EVT_SHMEM_PERIODS", VWR_SND_PCM_F_EVT_SHMEM_PERIODS, 3},
        {"VIRTIO_SND_PCM_F_EVT_SHMEM_PERIODS", VIRTIO_SND_PCM_F_EVT_SHMEM_PERIODS, 3},
        {"VWR_SND_PCM_F_EVT_XRUNS", VWR_SND_PCM_F_EVT_XRUNS, 4},
        {"VIRTIO_SND_PCM_F_EVT_XRUNS", VIRTIO_SND_PCM_F_EVT_XRUNS, 4},
        {"VWR_SND_PCM_FMT_IMA_ADPCM", VWR_SND_PCM_FMT_IMA_ADPCM, 0},
        {"VIRTIO_SND_PCM_FMT_IMA_ADPCM", VIRTIO_SND_PCM_FMT_IMA_ADPCM, 0},
        {"VWR_SND_PCM_FMT_MU_LAW", VWR_SND_PCM_FMT_MU_LAW, 1},
        {"VIRTIO_SND_PCM_FMT_MU_LAW", VIRTIO_SND_PCM_FMT_MU_LAW, 1},
        {"VWR_SND_PCM_FMT_A_LAW", VWR_SND_PCM_FMT_A_LAW, 2},
        {"VIRTIO_SND_PCM_FMT_A_LAW", VIRTIO_SND_PCM_FMT_A_LAW, 2},
        {"VWR_SND_PCM_FMT_S8", VWR_SND_PCM_FMT_S8, 3},
        {"VIRTIO_SND_PCM_FMT_S8", VIRTIO_SND_PCM_FMT_S8, 3},
        {"VWR_SND_PCM_FMT_U8", VWR_SND_PCM_FMT_U8, 4},
        {"VIRTIO_SND_PCM_FMT_U8", VIRTIO_SND_PCM_FMT_U8, 4},
        {"VWR_SND_PCM_FMT_S16", VWR_SND_PCM_FMT_S16, 5},
        {"VIRTIO_SND_PCM_FMT_S16", VIRTIO_SND_PCM_FMT_S16, 5},
        {"VWR_SND_PCM_FMT_U16", VWR_SND_PCM_FMT_U16, 6},
        {"VIRTIO_SND_PCM_FMT_U16", VIRTIO_SND_PCM_FMT_U16, 6},
        {"VWR_SND_PCM_FMT_S18_3", VWR_SND_PCM_FMT_S18_3, 7},
        {"VIRTIO_SND_PCM_FMT_S18_3", VIRTIO_SND_PCM_FMT_S18_3, 7},
        {"VWR_SND_PCM_FMT_U18_3", VWR_SND_PCM_FMT_U18_3, 8},
        {"VIRTIO_SND_PCM_FMT_U18_3", VIRTIO_SND_PCM_FMT_U18_3, 8},
        {"VWR_SND_PCM_FMT_S20_3", VWR_SND_PCM_FMT_S20_3, 9},
        {"VIRTIO_SND_PCM_FMT_S20_3", VIRTIO_SND_PCM_FMT_S20_3, 9},
        {"VWR_SND_PCM_FMT_U20_3", VWR_SND_PCM_FMT_U20_3, 10},
        {"VIRTIO_SND_PCM_FMT_U20_3", VIRTIO_SND_PCM_FMT_U20_3, 10},
        {"VWR_SND_PCM_FMT_S24_3", VWR_SND_PCM_FMT_S24_3, 11},
        {"VIRTIO_SND_PCM_FMT_S24_3", VIRTIO_SND_PCM_FMT_S24_3, 11},
        {"VWR_SND_PCM_FMT_U24_3", VWR_SND_PCM_FMT_U24_3, 12},
        {"VIRTIO_SND_PCM_FMT_U24_3", VIRTIO_SND_PCM_FMT_U24_3, 12},
        {"VWR_SND_PCM_FMT_S20", VWR_SND_PCM_FMT_S20, 13},
        {"VIRTIO_SND_PCM_FMT_S20", VIRTIO_SND_PCM_FMT_S20, 13},
        {"VWR_SND_PCM_FMT_U20", VWR_SND_PCM_FMT_U20, 14},
        {"VIRTIO_SND_PCM_FMT_U20", VIRTIO_SND_PCM_FMT_U20, 14},
        {"VWR_SND_PCM_FMT_S24", VWR_SND_PCM_FMT_S24, 15},
        {"VIRTIO_SND_PCM_FMT_S24", VIRTIO_SND_PCM_FMT_S24, 15},
        {"VWR_SND_PCM_FMT_U24", VWR_SND_PCM_FMT_U24, 16},
        {"VIRTIO_SND_PCM_FMT_U24", VIRTIO_SND_PCM_FMT_U24, 16},
        {"VWR_SND_PCM_FMT_S32", VWR_SND_PCM_FMT_S32, 17},
        {"VIRTIO_SND_PCM_FMT_S32", VIRTIO_SND_PCM_FMT_S32, 17},
        {"VWR_SND_PCM_FMT_U32", VWR_SND_PCM_FMT_U32, 18},
        {"VIRTIO_SND_PCM_FMT_U32", VIRTIO_SND_PCM_FMT_U32, 18},
        {"VWR_SND_PCM_FMT_FLOAT", VWR_SND_PCM_FMT_FLOAT, 19},
        {"VIRTIO_SND_PCM_FMT_FLOAT", VIRTIO_SND_PCM_FMT_FLOAT, 19},
        {"VWR_SND_PCM_FMT_FLOAT64", VWR_SND_PCM_FMT_FLOAT64, 20},
        {"VIRTIO_SND_PCM_FMT_FLOAT64", VIRTIO_SND_PCM_FMT_FLOAT64, 20},
        {"VWR_SND_PCM_FMT_DSD_U8", VWR_SND_PCM_FMT_DSD_U8, 21},
        {"VIRTIO_SND_PCM_FMT_DSD_U8", VIRTIO_SND_PCM_FMT_DSD_U8, 21},
        {"VWR_SND_PCM_FMT_DSD_U16", VWR_SND_PCM_FMT_DSD_U16, 22},
        {"VIRTIO_SND_PCM_FMT_DSD_U16", VIRTIO_SND_PCM_FMT_DSD_U16, 22},
        {"VWR_SND_PCM_FMT_DSD_U32", VWR_SND_PCM_FMT_DSD_U32, 23},
        {"VIRTIO_SND_PCM_FMT_DSD_U32", VIRTIO_SND_PCM_FMT_DSD_U32, 23},
        {"VWR_SND_PCM_FMT_IEC958_SUBFRAME", VWR_SND_PCM_FMT_IEC958_SUBFRAME, 24},
        {"VIRTIO_SND_PCM_FMT_IEC958_SUBFRAME", VIRTIO_SND_PCM_FMT_IEC958_SUBFRAME, 24},
        {"VWR_SND_PCM_RATE_5512", VWR_SND_PCM_RATE_5512, 0},
        {"VIRTIO_SND_PCM_RATE_5512", VIRTIO_SND_PCM_RATE_5512, 0},
        {"VWR_SND_PCM_RATE_8000", VWR_SND_PCM_RATE_8000, 1},
        {"VIRTIO_SND_PCM_RATE_8000", VIRTIO_SND_PCM_RATE_8000, 1},
        {"VWR_SND_PCM_RATE_11025", VWR_SND_PCM_RATE_11025, 2},
        {"VIRTIO_SND_PCM_RATE_11025", VIRTIO_SND_PCM_RATE_11025, 2},
        {"VWR_SND_PCM_RATE_16000", VWR_SND_PCM_RATE_16000, 3},
        {"VIRTIO_SND_PCM_RATE_16000", VIRTIO_SND_PCM_RATE_16000, 3},
        {"VWR_SND_PCM_RATE_22050", VWR_SND_PCM_RATE_22050, 4},
        {"VIRTIO_SND_PCM_RATE_22050", VIRTIO_SND_PCM_RATE_22050, 4},
        {"VWR_SND_PCM_RATE_32000", VWR_SND_PCM_RATE_32000, 5},
        {"VIRTIO_SND_PCM_RATE_32000", VIRTIO_SND_PCM_RATE_32000, 5},
        {"VWR_SND_PCM_RATE_44100", VWR_SND_PCM_RATE_44100, 6},
        {"VIRTIO_SND_PCM_RATE_44100", VIRTIO_SND_PCM_RATE_44100, 6},
        {"VWR_SND_PCM_RATE_48000", VWR_SND_PCM_RATE_48000, 7},
        {"VIRTIO_SND_PCM_RATE_48000", VIRTIO_SND_PCM_RATE_48000, 7},
        {"VWR_SND_PCM_RATE_64000", VWR_SND_PCM_RATE_64000, 8},
        {"VIRTIO_SND_PCM_RATE_64000", VIRTIO_SND_PCM_RATE_64000, 8},
        {"VWR_SND_PCM_RATE_88200", VWR_SND_PCM_RATE_88200, 9},
        {"VIRTIO_SND_PCM_RATE_88200", VIRTIO_SND_PCM_RATE_88200, 9},
        {"VWR_SND_PCM_RATE_96000", VWR_SND_PCM_RATE_96000, 10},
        {"VIRTIO_SND_PCM_RATE_96000", VIRTIO_SND_PCM_RATE_96000, 10},
        {"VWR_SND_PCM_RATE_176400", VWR_SND_PCM_RATE_176400, 11},
        {"VIRTIO_SND_PCM_RATE_176400", VIRTIO_SND_PCM_RATE_176400, 11},
        {"VWR_SND_PCM_RATE_192000", VWR_SND_PCM_RATE_192000, 12},
        {"VIRTIO_SND_PCM_RATE_192000", VIRTIO_SND_PCM_RATE_192000, 12},
        {"VWR_SND_PCM_RATE_384000", VWR_SND_PCM_RATE_384000, 13},
        {"VIRTIO_SND_PCM_RATE_384000", VIRTIO_SND_PCM_RATE_384000, 13},
        {"VWR_SND_PCM_RATE_12000", VWR_SND_PCM_RATE_12000, 14},
        {"VIRTIO_SND_PCM_RATE_12000", VIRTIO_SND_PCM_RATE_12000, 14},
        {"VWR_SND_PCM_RATE_24000", VWR_SND_PCM_RATE_24000, 15},
        {"VIRTIO_SND_PCM_RATE_24000", VIRTIO_SND_PCM_RATE_24000, 15},
        {"VWR_SND_CHMAP_NONE", VWR_SND_CHMAP_NONE, 0},
        {"VIRTIO_SND_CHMAP_NONE", VIRTIO_SND_CHMAP_NONE, 0},
        {"VWR_SND_CHMAP_NA", VWR_SND_CHMAP_NA, 1},
        {"VIRTIO_SND_CHMAP_NA", VIRTIO_SND_CHMAP_NA, 1},
        {"VWR_SND_CHMAP_MONO", VWR_SND_CHMAP_MONO, 2},
        {"VIRTIO_SND_CHMAP_MONO", VIRTIO_SND_CHMAP_MONO, 2},
        {"VWR_SND_CHMAP_FL", VWR_SND_CHMAP_FL, 3},
        {"VIRTIO_SND_CHMAP_FL", VIRTIO_SND_CHMAP_FL, 3},
        {"VWR_SND_CHMAP_FR", VWR_SND_CHMAP_FR, 4},
        {"VIRTIO_SND_CHMAP_FR", VIRTIO_SND_CHMAP_FR, 4},
        {"VWR_SND_CHMAP_RL", VWR_SND_CHMAP_RL, 5},
        {"VIRTIO_SND_CHMAP_RL", VIRTIO_SND_CHMAP_RL, 5},
        {"VWR_SND_CHMAP_RR", VWR_SND_CHMAP_RR, 6},
        {"VIRTIO_SND_CHMAP_RR", VIRTIO_SND_CHMAP_RR, 6},
        {"VWR_SND_CHMAP_FC", VWR_SND_CHMAP_FC, 7},
        {"VIRTIO_SND_CHMAP_FC", VIRTIO_SND_CHMAP_FC, 7},
        {"VWR_SND_CHMAP_LFE", VWR_SND_CHMAP_LFE, 8},
        {"VIRTIO_SND_CHMAP_LFE", VIRTIO_SND_CHMAP_LFE, 8},
        {"VWR_SND_CHMAP_SL", VWR_SND_CHMAP_SL, 9},
        {"VIRTIO_SND_CHMAP_SL", VIRTIO_SND_CHMAP_SL, 9},
        {"VWR_SND_CHMAP_SR", VWR_SND_CHMAP_SR, 10},
        {"VIRTIO_SND_CHMAP_SR", VIRTIO_SND_CHMAP_SR, 10},
        {"VWR_SND_CHMAP_RC", VWR_SND_CHMAP_RC, 11},
        {"VIRTIO_SND_CHMAP_RC", VIRTIO_SND_CHMAP_RC, 11},
        {"VWR_SND_CHMAP_FLC", VWR_SND_CHMAP_FLC, 12},
        {"VIRTIO_SND_CHMAP_FLC", VIRTIO_SND_CHMAP_FLC, 12},
        {"VWR_SND_CHMAP_FRC", VWR_SND_CHMAP_FRC, 13},
        {"VIRTIO_SND_CHMAP_FRC", VIRTIO_SND_CHMAP_FRC, 13},
        {"VWR_SND_CHMAP_RLC", VWR_SND_CHMAP_RLC, 14},
        {"VIRTIO_SND_CHMAP_RLC", VIRTIO_SND_CHMAP_RLC, 14},
        {"VWR_SND_CHMAP_RRC", VWR_SND_CHMAP_RRC, 15},
        {"VIRTIO_SND_CHMAP_RRC", VIRTIO_SND_CHMAP_RRC, 15},
        {"VWR_SND_CHMAP_FLW", VWR_SND_CHMAP_FLW, 16},
        {"VIRTIO_SND_CHMAP_FLW", VIRTIO_SND_CHMAP_FLW, 16},
        {"VWR_SND_CHMAP_FRW", VWR_SND_CHMAP_FRW, 17},
        {"VIRTIO_SND_CHMAP_FRW", VIRTIO_SND_CHMAP_FRW, 17},
        {"VWR_SND_CHMAP_FLH", VWR_SND_CHMAP_FLH, 18},
        {"VIRTIO_SND_CHMAP_FLH", VIRTIO_SND_CHMAP_FLH, 18},
        {"VWR_SND_CHMAP_FCH", VWR_SND_CHMAP_FCH, 19},
        {"VIRTIO_SND_CHMAP_FCH", VIRTIO_SND_CHMAP_FCH, 19},
        {"VWR_SND_CHMAP_FRH", VWR_SND_CHMAP_FRH, 20},
        {"VIRTIO_SND_CHMAP_FRH", VIRTIO_SND_CHMAP_FRH, 20},
        {"VWR_SND_CHMAP_TC", VWR_SND_CHMAP_TC, 21},
        {"VIRTIO_SND_CHMAP_TC", VIRTIO_SND_CHMAP_TC, 21},
        {"VWR_SND_CHMAP_TFL", VWR_SND_CHMAP_TFL, 22},
        {"VIRTIO_SND_CHMAP_TFL", VIRTIO_SND_CHMAP_TFL, 22},
        {"VWR_SND_CHMAP_TFR", VWR_SND_CHMAP_TFR, 23},
        {"VIRTIO_SND_CHMAP_TFR", VIRTIO_SND_CHMAP_TFR, 23},
        {"VWR_SND_CHMAP_TFC", VWR_SND_CHMAP_TFC, 24},
        {"VIRTIO_SND_CHMAP_TFC", VIRTIO_SND_CHMAP_TFC, 24},
        {"VWR_SND_CHMAP_TRL", VWR_SND_CHMAP_TRL, 25},
        {"VIRTIO_SND_CHMAP_TRL", VIRTIO_SND_CHMAP_TRL, 25},
        {"VWR_SND_CHMAP_TRR", VWR_SND_CHMAP_TRR, 26},
        {"VIRTIO_SND_CHMAP_TRR", VIRTIO_SND_CHMAP_TRR, 26},
        {"VWR_SND_CHMAP_TRC", VWR_SND_CHMAP_TRC, 27},
        {"VIRTIO_SND_CHMAP_TRC", VIRTIO_SND_CHMAP_TRC, 27},
        {"VWR_SND_CHMAP_TFLC", VWR_SND_CHMAP_TFLC, 28},
        {"VIRTIO_SND_CHMAP_TFLC", VIRTIO_SND_CHMAP_TFLC, 28},
        {"VWR_SND_CHMAP_TFRC", VWR_SND_CHMAP_TFRC, 29},
        {"VIRTIO_SND_CHMAP_TFRC", VIRTIO_SND_CHMAP_TFRC, 29},
        {"VWR_SND_CHMAP_TSL", VWR_SND_CHMAP_TSL, 30},
        {"VIRTIO_SND_CHMAP_TSL", VIRTIO_SND_CHMAP_TSL, 30},
        {"VWR_SND_CHMAP_TSR", VWR_SND_CHMAP_TSR, 31},
        {"VIRTIO_SND_CHMAP_TSR", VIRTIO_SND_CHMAP_TSR, 31},
        {"VWR_SND_CHMAP_LLFE", VWR_SND_CHMAP_LLFE, 32},
        {"VIRTIO_SND_CHMAP_LLFE", VIRTIO_SND_CHMAP_LLFE, 32},
        {"VWR_SND_CHMAP_RLFE", VWR_SND_CHMAP_RLFE, 33},
        {"VIRTIO_SND_CHMAP_RLFE", VIRTIO_SND_CHMAP_RLFE, 33},
        {"VWR_SND_CHMAP_BC", VWR_SND_CHMAP_BC, 34},
        {"VIRTIO_SND_CHMAP_BC", VIRTIO_SND_CHMAP_BC, 34},
        {"VWR_SND_CHMAP_BLC", VWR_SND_CHMAP_BLC, 35},
        {"VIRTIO_SND_CHMAP_BLC", VIRTIO_SND_CHMAP_BLC, 35},
        {"VWR_SND_CHMAP_BRC", VWR_SND_CHMAP_BRC, 36},
        {"VIRTIO_SND_CHMAP_BRC", VIRTIO_SND_CHMAP_BRC, 36},
        {"VWR_SND_CTL_ROLE_UNDEFINED", VWR_SND_CTL_ROLE_UNDEFINED, 0},
        {"VIRTIO_SND_CTL_ROLE_UNDEFINED", VIRTIO_SND_CTL_ROLE_UNDEFINED, 0},
        {"VWR_SND_CTL_ROLE_VOLUME", VWR_SND_CTL_ROLE_VOLUME, 1},
        {"VIRTIO_SND_CTL_ROLE_VOLUME", VIRTIO_SND_CTL_ROLE_VOLUME, 1},
        {"VWR_SND_CTL_ROLE_MUTE", VWR_SND_CTL_ROLE_MUTE, 2},
        {"VIRTIO_SND_CTL_ROLE_MUTE", VIRTIO_SND_CTL_ROLE_MUTE, 2},
        {"VWR_SND_CTL_ROLE_GAIN", VWR_SND_CTL_ROLE_GAIN, 3},
        {"VIRTIO_SND_CTL_ROLE_GAIN", VIRTIO_SND_CTL_ROLE_GAIN, 3},
        {"VWR_SND_CTL_TYPE_BOOLEAN", VWR_SND_CTL_TYPE_BOOLEAN, 0},
        {"VIRTIO_SND_CTL_TYPE_BOOLEAN", VIRTIO_SND_CTL_TYPE_BOOLEAN, 0},
        {"VWR_SND_CTL_TYPE_INTEGER", VWR_SND_CTL_TYPE_INTEGER, 1},
        {"VIRTIO_SND_CTL_TYPE_INTEGER", VIRTIO_SND_CTL_TYPE_INTEGER, 1},
        {"VWR_SND_CTL_TYPE_INTEGER64", VWR_SND_CTL_TYPE_INTEGER64, 2},
        {"VIRTIO_SND_CTL_TYPE_INTEGER64", VIRTIO_SND_CTL_TYPE_INTEGER64, 2},
        {"VWR_SND_CTL_TYPE_ENUMERATED", VWR_SND_CTL_TYPE_ENUMERATED, 3},
        {"VIRTIO_SND_CTL_TYPE_ENUMERATED", VIRTIO_SND_CTL_TYPE_ENUMERATED, 3},
        {"VWR_SND_CTL_TYPE_BYTES", VWR_SND_CTL_TYPE_BYTES, 4},
        {"VIRTIO_SND_CTL_TYPE_BYTES", VIRTIO_SND_CTL_TYPE_BYTES, 4},
        {"VWR_SND_CTL_TYPE_IEC958", VWR_SND_CTL_TYPE_IEC958, 5},
        {"VIRTIO_SND_CTL_TYPE_IEC958", VIRTIO_SND_CTL_TYPE_IEC958, 5},
        {"VWR_SND_CTL_ACCESS_READ_BIT", VWR_SND_CTL_ACCESS_READ_BIT, 0},
        {"VIRTIO_SND_CTL_ACCESS_READ", VIRTIO_SND_CTL_ACCESS_READ, 0},
        {"VWR_SND_CTL_ACCESS_WRITE_BIT", VWR_SND_CTL_ACCESS_WRITE_BIT, 1},
        {"VIRTIO_SND_CTL_ACCESS_WRITE", VIRTIO_SND_CTL_ACCESS_WRITE, 1},
        {"VWR_SND_CTL_ACCESS_VOLATILE_BIT", VWR_SND_CTL_ACCESS_VOLATILE_BIT, 2},
        {"VIRTIO_SND_CTL_ACCESS_VOLATILE", VIRTIO_SND_CTL_ACCESS_VOLATILE, 2},
        {"VWR_SND_CTL_ACCESS_INACTIVE_BIT", VWR_SND_CTL_ACCESS_INACTIVE_BIT, 3},
        {"VIRTIO_SND_CTL_ACCESS_INACTIVE", VIRTIO_SND_CTL_ACCESS_INACTIVE, 3},
        {"VWR_SND_CTL_ACCESS_TLV_READ_BIT", VWR_SND_CTL_ACCESS_TLV_READ_BIT, 4},
        {"VIRTIO_SND_CTL_ACCESS_TLV_READ", VIRTIO_SND_CTL_ACCESS_TLV_READ, 4},
        {"VWR_SND_CTL_ACCESS_TLV_WRITE_BIT", VWR_SND_CTL_ACCESS_TLV_WRITE_BIT, 5},
        {"VIRTIO_SND_CTL_ACCESS_TLV_WRITE", VIRTIO_SND_CTL_ACCESS_TLV_WRITE, 5},
        {"VWR_SND_CTL_ACCESS_TLV_COMMAND_BIT", VWR_SND_CTL_ACCESS_TLV_COMMAND_BIT, 6},
        {"VIRTIO_SND_CTL_ACCESS_TLV_COMMAND", VIRTIO_SND_CTL_ACCESS_TLV_COMMAND, 6},
        {"VWR_SND_CTL_EVT_MASK_VALUE_BIT", VWR_SND_CTL_EVT_MASK_VALUE_BIT, 0},
        {"VIRTIO_SND_CTL_EVT_MASK_VALUE", VIRTIO_SND_CTL_EVT_MASK_VALUE, 0},
        {"VWR_SND_CTL_EVT_MASK_INFO_BIT", VWR_SND_CTL_EVT_MASK_INFO_BIT, 1},
        {"VIRTIO_SND_CTL_EVT_MASK_INFO", VIRTIO_SND_CTL_EVT_MASK_INFO, 1},
        {"VWR_SND_CTL_EVT_MASK_TLV_BIT", VWR_SND_CTL_EVT_MASK_TLV_BIT, 2},
        {"VIRTIO_SND_CTL_EVT_MASK_TLV", VIRTIO_SND_CTL_EVT_MASK_TLV, 2},
        {"VWR_SND_R_JACK_INFO", VWR_SND_R_JACK_INFO, 0x1},
        {"VIRTIO_SND_R_JACK_INFO", VIRTIO_SND_R_JACK_INFO, 0x1},
        {"VWR_SND_R_JACK_REMAP", VWR_SND_R_JACK_REMAP, 0x2},
        {"VIRTIO_SND_R_JACK_REMAP", VIRTIO_SND_R_JACK_REMAP, 0x2},
        {"VWR_SND_R_PCM_INFO", VWR_SND_R_PCM_INFO, 0x100},
        {"VIRTIO_SND_R_PCM_INFO", VIRTIO_SND_R_PCM_INFO, 0x100},
        {"VWR_SND_R_PCM_SET_PARAMS", VWR_SND_R_PCM_SET_PARAMS, 0x101},
        {"VIRTIO_SND_R_PCM_SET_PARAMS", VIRTIO_SND_R_PCM_SET_PARAMS, 0x101},
        {"VWR_SND_R_PCM_PREPARE", VWR_SND_R_PCM_PREPARE, 0x102},
        {"VIRTIO_SND_R_PCM_PREPARE", VIRTIO_SND_R_PCM_PREPARE, 0x102},
        {"VWR_SND_R_PCM_RELEASE", VWR_SND_R_PCM_RELEASE, 0x103},
        {"VIRTIO_SND_R_PCM_RELEASE", VIRTIO_SND_R_PCM_RELEASE, 0x103},
        {"VWR_SND_R_PCM_START", VWR_SND_R_PCM_START, 0x104},
        {"VIRTIO_SND_R_PCM_START", VIRTIO_SND_R_PCM_START, 0x104},
        {"VWR_SND_R_PCM_STOP", VWR_SND_R_PCM_STOP, 0x105},
        {"VIRTIO_SND_R_PCM_STOP", VIRTIO_SND_R_PCM_STOP, 0x105},
        {"VWR_SND_R_CHMAP_INFO", VWR_SND_R_CHMAP_INFO, 0x200},
        {"VIRTIO_SND_R_CHMAP_INFO", VIRTIO_SND_R_CHMAP_INFO, 0x200},
        {"VWR_SND_R_CTL_INFO", VWR_SND_R_CTL_INFO, 0x300},
        {"VIRTIO_SND_R_CTL_INFO", VIRTIO_SND_R_CTL_INFO, 0x300},
        {"VWR_SND_R_CTL_ENUM_ITEMS", VWR_SND_R_CTL_ENUM_ITEMS, 0x301},
        {"VIRTIO_SND_R_CTL_ENUM_ITEMS", VIRTIO_SND_R_CTL_ENUM_ITEMS, 0x301},
        {"VWR_SND_R_CTL_READ", VWR_SND_R_CTL_READ, 0x302},
        {"VIRTIO_SND_R_CTL_READ", VIRTIO_SND_R_CTL_READ, 0x302},
        {"VWR_SND_R_CTL_WRITE", VWR_SND_R_CTL_WRITE, 0x303},
        {"VIRTIO_SND_R_CTL_WRITE", VIRTIO_SND_R_CTL_WRITE, 0x303},
        {"VWR_SND_R_CTL_TLV_READ", VWR_SND_R_CTL_TLV_READ, 0x304},
        {"VIRTIO_SND_R_CTL_TLV_READ", VIRTIO_SND_R_CTL_TLV_READ, 0x304},
        {"VWR_SND_R_CTL_TLV_WRITE", VWR_SND_R_CTL_TLV_WRITE, 0x305},
        {"VIRTIO_SND_R_CTL_TLV_WRITE", VIRTIO_SND_R_CTL_TLV_WRITE, 0x305},
        {"VWR_SND_R_CTL_TLV_COMMAND", VWR_SND_R_CTL_TLV_COMMAND, 0x306},
        {"VIRTIO_SND_R_CTL_TLV_COMMAND", VIRTIO_SND_R_CTL_TLV_COMMAND, 0x306},
        {"VWR_SND_EVT_JACK_CONNECTED", VWR_SND_EVT_JACK_CONNECTED, 0x1000},
        {"VIRTIO_SND_EVT_JACK_CONNECTED", VIRTIO_SND_EVT_JACK_CONNECTED, 0x1000},
        {"VWR_SND_EVT_JACK_DISCONNECTED", VWR_SND_EVT_JACK_DISCONNECTED, 0x1001},
        {"VIRTIO_SND_EVT_JACK_DISCONNECTED", VIRTIO_SND_EVT_JACK_DISCONNECTED, 0x1001},
        {"VWR_SND_EVT_PCM_PERIOD_ELAPSED", VWR_SND_EVT_PCM_PERIOD_ELAPSED, 0x1100},
        {"VIRTIO_SND_EVT_PCM_PERIOD_ELAPSED", VIRTIO_SND_EVT_PCM_PERIOD_ELAPSED, 0x1100},
        {"VWR_SND_EVT_PCM_XRUN", VWR_SND_EVT_PCM_XRUN, 0x1101},
        {"VIRTIO_SND_EVT_PCM_XRUN", VIRTIO_SND_EVT_PCM_XRUN, 0x1101},
        {"VWR_SND_EVT_CTL_NOTIFY", VWR_SND_EVT_CTL_NOTIFY, 0x1200},
        {"VIRTIO_SND_EVT_CTL_NOTIFY", VIRTIO_SND_EVT_CTL_NOTIFY, 0x1200},
        {"VWR_SND_QUEUE_CONTROLQ", VWR_SND_QUEUE_CONTROLQ, 0},
        {"VIRTIO_SND_QUEUE_CONTROLQ", VIRTIO_SND_QUEUE_CONTROLQ, 0},
        {"VWR_SND_QUEUE_EVENTQ", VWR_SND_QUEUE_EVENTQ, 1},
        {"VIRTIO_SND_QUEUE_EVENTQ", VIRTIO_SND_QUEUE_EVENTQ, 1},
        {"VWR_SND_QUEUE_TXQ", VWR_SND_QUEUE_TXQ, 2},
        {"VIRTIO_SND_QUEUE_TXQ", VIRTIO_SND_QUEUE_TXQ, 2},
        {"VWR_SND_QUEUE_RXQ", VWR_SND_QUEUE_RXQ, 3},
        {"VIRTIO_SND_QUEUE_RXQ", VIRTIO_SND_QUEUE_RXQ, 3},
        {"VWR_SND_CHMAP_MAX_SIZE", VWR_SND_CHMAP_MAX_SIZE, 18u},
        {"VIRTIO_SND_CHMAP_MAX_SIZE", VIRTIO_SND_CHMAP_MAX_SIZE, 18u},
        {"VWR_SND_CONFIG_JACKS", VWR_SND_CONFIG_JACKS,
         __builtin_offsetof(struct vwr_snd_config, jacks)},
        {"VWR_SND_CONFIG_STREAMS", VWR_SND_CONFIG_STREAMS,
         __builtin_offsetof(struct vwr_snd_config, streams)},
        {"VWR_SND_CONFIG_CHMAPS", VWR_SND_CONFIG_CHMAPS,
         __builtin_offsetof(struct vwr_snd_config, chmaps)},
        {"VWR_SND_CONFIG_CONTROLS", VWR_SND_CONFIG_CONTROLS,
         __builtin_offsetof(struct vwr_snd_config, controls)},
    };

    return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

/* The accessors of a configuration whose byte n is n + 1, and that has all its fields. */
static int wire_config(void)
{
    static const _Alignas(8) uint8_t bytes[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_config c;
    int wrong;

    memset(&c, 0, sizeof(c));
    memset(&c.features, 0xff, sizeof(c.features));
    c.base = (void *)(uintptr_t)bytes;
    {
        const struct number numbers[] = {
            {"vwr_snd_config_get_jacks(&c)",
             vwr_snd_config_get_jacks(&c), 0x04030201u},
            {"vwr_snd_config_get_streams(&c)",
             vwr_snd_config_get_streams(&c), 0x08070605u},
            {"vwr_snd_config_get_chmaps(&c)",
             vwr_snd_config_get_chmaps(&c), 0x0c0b0a09u},
            {"vwr_snd_config_get_controls(&c)",
             vwr_snd_config_get_controls(&c), 0x100f0e0du},
        };

        wrong = check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    memset(&c.features, 0, sizeof(c.features));
    {
        const struct number absent[] = {
            {"absent: vwr_snd_config_get_controls(&c)",
             vwr_snd_config_get_controls(&c), 0u},
        };

        wrong |= check_numbers(absent, sizeof(absent) / sizeof(absent[0]));
    }
    memset(&c.features, 0xff, sizeof(c.features));
    {
        struct vwr_snd_config_info info;
        _Alignas(8) struct vwr_snd_config w;

        vwr_snd_config_read(&c, &info);
        const struct number numbers[] = {
            {"info.jacks",
             info.jacks, 0x04030201u},
            {"info.streams",
             info.streams, 0x08070605u},
            {"info.chmaps",
             info.chmaps, 0x0c0b0a09u},
            {"info.controls",
             info.controls, 0x100f0e0du},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
        memset(&w, 0, sizeof(w));
        vwr_snd_config_write(&w, false, &info);
        c.base = &w;
        const struct number written[] = {
            {"written: info.jacks",
             vwr_snd_config_get_jacks(&c), info.jacks},
            {"written: info.streams",
             vwr_snd_config_get_streams(&c), info.streams},
            {"written: info.chmaps",
             vwr_snd_config_get_chmaps(&c), info.chmaps},
            {"written: info.controls",
             vwr_snd_config_get_controls(&c), info.controls},
        };

        wrong |= check_numbers(written, sizeof(written) / sizeof(written[0]));
    }
    return wrong;
}

/* The feature words contain exactly the bits that are not legacy-only. */
static int feature_words(void)
{
    static const uint8_t bits[] = {
        VWR_SND_F_CTLS,
    };
    uint32_t w[VWR_FEATURE_WORDS] = {0};

    for (size_t i = 0; i < sizeof(bits); i++)
        w[bits[i] / 32] |= (uint32_t)1 << bits[i] % 32;
    {
        const struct number numbers[] = {
            {"VWR_SND_FEATURES_W0", VWR_SND_FEATURES_W0, w[0]},
            {"VWR_SND_FEATURES_W1", VWR_SND_FEATURES_W1, w[1]},
            {"VWR_SND_FEATURES_W2", VWR_SND_FEATURES_W2, w[2]},
            {"VWR_SND_FEATURES_W3", VWR_SND_FEATURES_W3, w[3]},
        };

        return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
}

int main(void)
{
    int wrong = constants();

    wrong |= wire_config();
    wrong |= feature_words();
    wrong |= wire_vwr_snd_hdr() | wire_virtio_snd_hdr();
    wrong |= wire_vwr_snd_event() | wire_virtio_snd_event();
    wrong |= wire_vwr_snd_query_info() | wire_virtio_snd_query_info();
    wrong |= wire_vwr_snd_info() | wire_virtio_snd_info();
    wrong |= wire_vwr_snd_jack_hdr() | wire_virtio_snd_jack_hdr();
    wrong |= wire_vwr_snd_jack_info() | wire_virtio_snd_jack_info();
    wrong |= wire_vwr_snd_jack_remap() | wire_virtio_snd_jack_remap();
    wrong |= wire_vwr_snd_pcm_hdr() | wire_virtio_snd_pcm_hdr();
    wrong |= wire_vwr_snd_pcm_info() | wire_virtio_snd_pcm_info();
    wrong |= wire_vwr_snd_pcm_set_params() | wire_virtio_snd_pcm_set_params();
    wrong |= wire_vwr_snd_pcm_xfer() | wire_virtio_snd_pcm_xfer();
    wrong |= wire_vwr_snd_pcm_status() | wire_virtio_snd_pcm_status();
    wrong |= wire_vwr_snd_chmap_info() | wire_virtio_snd_chmap_info();
    wrong |= wire_vwr_snd_ctl_hdr() | wire_virtio_snd_ctl_hdr();
    wrong |= wire_vwr_snd_ctl_info_value_integer() | wire_virtio_snd_ctl_info_value_integer();
    wrong |= wire_vwr_snd_ctl_info_value_integer64() | wire_virtio_snd_ctl_info_value_integer64();
    wrong |= wire_vwr_snd_ctl_info_value_enumerated() | wire_virtio_snd_ctl_info_value_enumerated();
    wrong |= wire_vwr_snd_ctl_info() | wire_virtio_snd_ctl_info();
    wrong |= wire_vwr_snd_ctl_enum_item() | wire_virtio_snd_ctl_enum_item();
    wrong |= wire_vwr_snd_ctl_iec958() | wire_virtio_snd_ctl_iec958();
    wrong |= wire_vwr_snd_ctl_value() | wire_virtio_snd_ctl_value();
    wrong |= wire_vwr_snd_ctl_tlv() | wire_virtio_snd_ctl_tlv();
    wrong |= wire_vwr_snd_ctl_event() | wire_virtio_snd_ctl_event();
    wrong |= wire_vwr_snd_config() | wire_virtio_snd_config();
    if (!wrong)
        printf("%s: 24 structs match the specification\n", "spec/device/sound.yaml");
    return wrong;
}

/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/spi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SPI Controller Device */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/spi.h"
#include "virtio_spi.h"

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

static int wire_vwr_spi_transfer_head(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct vwr_spi_transfer_head s;

    memset(&s, 0, sizeof(s));
    s.chip_select_id = 0x01u;
    s.bits_per_word = 0x02u;
    s.cs_change = 0x03u;
    s.tx_nbits = 0x04u;
    s.rx_nbits = 0x05u;
    for (unsigned i = 0; i < 3; i++)
        s.reserved[i] = (uint8_t)(0x06u + i);
    s.mode = vwr_cpu_to_le32(0x0c0b0a09u);
    s.freq = vwr_cpu_to_le32(0x100f0e0du);
    s.word_delay_ns = vwr_cpu_to_le32(0x14131211u);
    s.cs_setup_ns = vwr_cpu_to_le32(0x18171615u);
    s.cs_delay_hold_ns = vwr_cpu_to_le32(0x1c1b1a19u);
    s.cs_change_delay_inactive_ns = vwr_cpu_to_le32(0x201f1e1du);
    return check_bytes("struct vwr_spi_transfer_head", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_spi_transfer_head(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct virtio_spi_transfer_head s;

    memset(&s, 0, sizeof(s));
    s.chip_select_id = 0x01u;
    s.bits_per_word = 0x02u;
    s.cs_change = 0x03u;
    s.tx_nbits = 0x04u;
    s.rx_nbits = 0x05u;
    for (unsigned i = 0; i < 3; i++)
        s.reserved[i] = (uint8_t)(0x06u + i);
    s.mode = vwr_cpu_to_le32(0x0c0b0a09u);
    s.freq = vwr_cpu_to_le32(0x100f0e0du);
    s.word_delay_ns = vwr_cpu_to_le32(0x14131211u);
    s.cs_setup_ns = vwr_cpu_to_le32(0x18171615u);
    s.cs_delay_hold_ns = vwr_cpu_to_le32(0x1c1b1a19u);
    s.cs_change_delay_inactive_ns = vwr_cpu_to_le32(0x201f1e1du);
    return check_bytes("struct virtio_spi_transfer_head", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_spi_transfer_result(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct vwr_spi_transfer_result s;

    memset(&s, 0, sizeof(s));
    s.result = 0x01u;
    return check_bytes("struct vwr_spi_transfer_result", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_spi_transfer_result(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct virtio_spi_transfer_result s;

    memset(&s, 0, sizeof(s));
    s.result = 0x01u;
    return check_bytes("struct virtio_spi_transfer_result", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_spi_transfer_req(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct vwr_spi_transfer_req s;

    memset(&s, 0, sizeof(s));
    s.head.chip_select_id = 0x01u;
    s.head.bits_per_word = 0x02u;
    s.head.cs_change = 0x03u;
    s.head.tx_nbits = 0x04u;
    s.head.rx_nbits = 0x05u;
    for (unsigned i = 0; i < 3; i++)
        s.head.reserved[i] = (uint8_t)(0x06u + i);
    s.head.mode = vwr_cpu_to_le32(0x0c0b0a09u);
    s.head.freq = vwr_cpu_to_le32(0x100f0e0du);
    s.head.word_delay_ns = vwr_cpu_to_le32(0x14131211u);
    s.head.cs_setup_ns = vwr_cpu_to_le32(0x18171615u);
    s.head.cs_delay_hold_ns = vwr_cpu_to_le32(0x1c1b1a19u);
    s.head.cs_change_delay_inactive_ns = vwr_cpu_to_le32(0x201f1e1du);
    return check_bytes("struct vwr_spi_transfer_req", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_spi_transfer_req(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct virtio_spi_transfer_req s;

    memset(&s, 0, sizeof(s));
    s.head.chip_select_id = 0x01u;
    s.head.bits_per_word = 0x02u;
    s.head.cs_change = 0x03u;
    s.head.tx_nbits = 0x04u;
    s.head.rx_nbits = 0x05u;
    for (unsigned i = 0; i < 3; i++)
        s.head.reserved[i] = (uint8_t)(0x06u + i);
    s.head.mode = vwr_cpu_to_le32(0x0c0b0a09u);
    s.head.freq = vwr_cpu_to_le32(0x100f0e0du);
    s.head.word_delay_ns = vwr_cpu_to_le32(0x14131211u);
    s.head.cs_setup_ns = vwr_cpu_to_le32(0x18171615u);
    s.head.cs_delay_hold_ns = vwr_cpu_to_le32(0x1c1b1a19u);
    s.head.cs_change_delay_inactive_ns = vwr_cpu_to_le32(0x201f1e1du);
    return check_bytes("struct virtio_spi_transfer_req", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_spi_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct vwr_spi_config s;

    memset(&s, 0, sizeof(s));
    s.cs_max_number = 0x01u;
    s.cs_change_supported = 0x02u;
    s.tx_nbits_supported = 0x03u;
    s.rx_nbits_supported = 0x04u;
    s.bits_per_word_mask = vwr_cpu_to_le32(0x08070605u);
    s.mode_func_supported = vwr_cpu_to_le32(0x0c0b0a09u);
    s.max_freq_hz = vwr_cpu_to_le32(0x100f0e0du);
    s.max_word_delay_ns = vwr_cpu_to_le32(0x14131211u);
    s.max_cs_setup_ns = vwr_cpu_to_le32(0x18171615u);
    s.max_cs_hold_ns = vwr_cpu_to_le32(0x1c1b1a19u);
    s.max_cs_inactive_ns = vwr_cpu_to_le32(0x201f1e1du);
    return check_bytes("struct vwr_spi_config", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_spi_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct virtio_spi_config s;

    memset(&s, 0, sizeof(s));
    s.cs_max_number = 0x01u;
    s.cs_change_supported = 0x02u;
    s.tx_nbits_supported = 0x03u;
    s.rx_nbits_supported = 0x04u;
    s.bits_per_word_mask = vwr_cpu_to_le32(0x08070605u);
    s.mode_func_supported = vwr_cpu_to_le32(0x0c0b0a09u);
    s.max_freq_hz = vwr_cpu_to_le32(0x100f0e0du);
    s.max_word_delay_ns = vwr_cpu_to_le32(0x14131211u);
    s.max_cs_setup_ns = vwr_cpu_to_le32(0x18171615u);
    s.max_cs_hold_ns = vwr_cpu_to_le32(0x1c1b1a19u);
    s.max_cs_inactive_ns = vwr_cpu_to_le32(0x201f1e1du);
    return check_bytes("struct virtio_spi_config", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_SPI_ID", VWR_SPI_ID, 45},
        {"VWR_SPI_NBITS_SINGLE", VWR_SPI_NBITS_SINGLE, 1},
        {"VIRTIO_SPI_NBITS_SINGLE", VIRTIO_SPI_NBITS_SINGLE, 1},
        {"VWR_SPI_NBITS_DUAL", VWR_SPI_NBITS_DUAL, 2},
        {"VIRTIO_SPI_NBITS_DUAL", VIRTIO_SPI_NBITS_DUAL, 2},
        {"VWR_SPI_NBITS_QUAD", VWR_SPI_NBITS_QUAD, 4},
        {"VIRTIO_SPI_NBITS_QUAD", VIRTIO_SPI_NBITS_QUAD, 4},
        {"VWR_SPI_NBITS_OCTAL", VWR_SPI_NBITS_OCTAL, 8},
        {"VIRTIO_SPI_NBITS_OCTAL", VIRTIO_SPI_NBITS_OCTAL, 8},
        {"VWR_SPI_TRANS_OK", VWR_SPI_TRANS_OK, 0},
        {"VIRTIO_SPI_TRANS_OK", VIRTIO_SPI_TRANS_OK, 0},
        {"VWR_SPI_PARAM_ERR", VWR_SPI_PARAM_ERR, 1},
        {"VIRTIO_SPI_PARAM_ERR", VIRTIO_SPI_PARAM_ERR, 1},
        {"VWR_SPI_TRANS_ERR", VWR_SPI_TRANS_ERR, 2},
        {"VIRTIO_SPI_TRANS_ERR", VIRTIO_SPI_TRANS_ERR, 2},
        {"VWR_SPI_QUEUE_REQUESTQ", VWR_SPI_QUEUE_REQUESTQ, 0},
        {"VIRTIO_SPI_QUEUE_REQUESTQ", VIRTIO_SPI_QUEUE_REQUESTQ, 0},
        {"VWR_SPI_CONFIG_CS_MAX_NUMBER", VWR_SPI_CONFIG_CS_MAX_NUMBER,
         __builtin_offsetof(struct vwr_spi_config, cs_max_number)},
        {"VWR_SPI_CONFIG_CS_CHANGE_SUPPORTED", VWR_SPI_CONFIG_CS_CHANGE_SUPPORTED,
         __builtin_offsetof(struct vwr_spi_config, cs_change_supported)},
        {"VWR_SPI_CONFIG_TX_NBITS_SUPPORTED", VWR_SPI_CONFIG_TX_NBITS_SUPPORTED,
         __builtin_offsetof(struct vwr_spi_config, tx_nbits_supported)},
        {"VWR_SPI_CONFIG_RX_NBITS_SUPPORTED", VWR_SPI_CONFIG_RX_NBITS_SUPPORTED,
         __builtin_offsetof(struct vwr_spi_config, rx_nbits_supported)},
        {"VWR_SPI_CONFIG_BITS_PER_WORD_MASK", VWR_SPI_CONFIG_BITS_PER_WORD_MASK,
         __builtin_offsetof(struct vwr_spi_config, bits_per_word_mask)},
        {"VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED", VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED,
         __builtin_offsetof(struct vwr_spi_config, mode_func_supported)},
        {"VWR_SPI_CONFIG_MAX_FREQ_HZ", VWR_SPI_CONFIG_MAX_FREQ_HZ,
         __builtin_offsetof(struct vwr_spi_config, max_freq_hz)},
        {"VWR_SPI_CONFIG_MAX_WORD_DELAY_NS", VWR_SPI_CONFIG_MAX_WORD_DELAY_NS,
         __builtin_offsetof(struct vwr_spi_config, max_word_delay_ns)},
        {"VWR_SPI_CONFIG_MAX_CS_SETUP_NS", VWR_SPI_CONFIG_MAX_CS_SETUP_NS,
         __builtin_offsetof(struct vwr_spi_config, max_cs_setup_ns)},
        {"VWR_SPI_CONFIG_MAX_CS_HOLD_NS", VWR_SPI_CONFIG_MAX_CS_HOLD_NS,
         __builtin_offsetof(struct vwr_spi_config, max_cs_hold_ns)},
        {"VWR_SPI_CONFIG_MAX_CS_INACTIVE_NS", VWR_SPI_CONFIG_MAX_CS_INACTIVE_NS,
         __builtin_offsetof(struct vwr_spi_config, max_cs_inactive_ns)},
        {"vwr_spi_transfer_req_in_result_offset(1)",
         vwr_spi_transfer_req_in_result_offset(1), 1},
        {"vwr_spi_transfer_req_in_bytes(1)",
         vwr_spi_transfer_req_in_bytes(1), 2},
    };

    return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

/* The accessors of a configuration whose byte n is n + 1, and that has all its fields. */
static int wire_config(void)
{
    static const _Alignas(8) uint8_t bytes[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct vwr_config c;
    int wrong;

    memset(&c, 0, sizeof(c));
    memset(&c.features, 0xff, sizeof(c.features));
    c.base = (void *)(uintptr_t)bytes;
    {
        const struct number numbers[] = {
            {"vwr_spi_config_get_cs_max_number(&c)",
             vwr_spi_config_get_cs_max_number(&c), 0x01u},
            {"vwr_spi_config_get_cs_change_supported(&c)",
             vwr_spi_config_get_cs_change_supported(&c), 0x02u},
            {"vwr_spi_config_get_tx_nbits_supported(&c)",
             vwr_spi_config_get_tx_nbits_supported(&c), 0x03u},
            {"vwr_spi_config_get_rx_nbits_supported(&c)",
             vwr_spi_config_get_rx_nbits_supported(&c), 0x04u},
            {"vwr_spi_config_get_bits_per_word_mask(&c)",
             vwr_spi_config_get_bits_per_word_mask(&c), 0x08070605u},
            {"vwr_spi_config_get_mode_func_supported(&c)",
             vwr_spi_config_get_mode_func_supported(&c), 0x0c0b0a09u},
            {"vwr_spi_config_get_max_freq_hz(&c)",
             vwr_spi_config_get_max_freq_hz(&c), 0x100f0e0du},
            {"vwr_spi_config_get_max_word_delay_ns(&c)",
             vwr_spi_config_get_max_word_delay_ns(&c), 0x14131211u},
            {"vwr_spi_config_get_max_cs_setup_ns(&c)",
             vwr_spi_config_get_max_cs_setup_ns(&c), 0x18171615u},
            {"vwr_spi_config_get_max_cs_hold_ns(&c)",
             vwr_spi_config_get_max_cs_hold_ns(&c), 0x1c1b1a19u},
            {"vwr_spi_config_get_max_cs_inactive_ns(&c)",
             vwr_spi_config_get_max_cs_inactive_ns(&c), 0x201f1e1du},
        };

        wrong = check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    {
        struct vwr_spi_config_info info;
        _Alignas(8) struct vwr_spi_config w;

        vwr_spi_config_read(&c, &info);
        const struct number numbers[] = {
            {"info.cs_max_number",
             info.cs_max_number, 0x01u},
            {"info.cs_change_supported",
             info.cs_change_supported, 0x02u},
            {"info.tx_nbits_supported",
             info.tx_nbits_supported, 0x03u},
            {"info.rx_nbits_supported",
             info.rx_nbits_supported, 0x04u},
            {"info.bits_per_word_mask",
             info.bits_per_word_mask, 0x08070605u},
            {"info.mode_func_supported",
             info.mode_func_supported, 0x0c0b0a09u},
            {"info.max_freq_hz",
             info.max_freq_hz, 0x100f0e0du},
            {"info.max_word_delay_ns",
             info.max_word_delay_ns, 0x14131211u},
            {"info.max_cs_setup_ns",
             info.max_cs_setup_ns, 0x18171615u},
            {"info.max_cs_hold_ns",
             info.max_cs_hold_ns, 0x1c1b1a19u},
            {"info.max_cs_inactive_ns",
             info.max_cs_inactive_ns, 0x201f1e1du},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
        memset(&w, 0, sizeof(w));
        vwr_spi_config_write(&w, false, &info);
        c.base = &w;
        const struct number written[] = {
            {"written: info.cs_max_number",
             vwr_spi_config_get_cs_max_number(&c), info.cs_max_number},
            {"written: info.cs_change_supported",
             vwr_spi_config_get_cs_change_supported(&c), info.cs_change_supported},
            {"written: info.tx_nbits_supported",
             vwr_spi_config_get_tx_nbits_supported(&c), info.tx_nbits_supported},
            {"written: info.rx_nbits_supported",
             vwr_spi_config_get_rx_nbits_supported(&c), info.rx_nbits_supported},
            {"written: info.bits_per_word_mask",
             vwr_spi_config_get_bits_per_word_mask(&c), info.bits_per_word_mask},
            {"written: info.mode_func_supported",
             vwr_spi_config_get_mode_func_supported(&c), info.mode_func_supported},
            {"written: info.max_freq_hz",
             vwr_spi_config_get_max_freq_hz(&c), info.max_freq_hz},
            {"written: info.max_word_delay_ns",
             vwr_spi_config_get_max_word_delay_ns(&c), info.max_word_delay_ns},
            {"written: info.max_cs_setup_ns",
             vwr_spi_config_get_max_cs_setup_ns(&c), info.max_cs_setup_ns},
            {"written: info.max_cs_hold_ns",
             vwr_spi_config_get_max_cs_hold_ns(&c), info.max_cs_hold_ns},
            {"written: info.max_cs_inactive_ns",
             vwr_spi_config_get_max_cs_inactive_ns(&c), info.max_cs_inactive_ns},
        };

        wrong |= check_numbers(written, sizeof(written) / sizeof(written[0]));
    }
    return wrong;
}

int main(void)
{
    int wrong = constants();

    wrong |= wire_config();
    wrong |= wire_vwr_spi_transfer_head() | wire_virtio_spi_transfer_head();
    wrong |= wire_vwr_spi_transfer_result() | wire_virtio_spi_transfer_result();
    wrong |= wire_vwr_spi_transfer_req() | wire_virtio_spi_transfer_req();
    wrong |= wire_vwr_spi_config() | wire_virtio_spi_config();
    if (!wrong)
        printf("%s: 4 structs match the specification\n", "spec/device/spi.yaml");
    return wrong;
}

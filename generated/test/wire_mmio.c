/* SPDX-License-Identifier: MIT */
/* Generated from spec/transport/mmio.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Virtio Over MMIO / MMIO Device Register Layout */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/mmio.h"
#include "virtio_mmio.h"

struct number {
    const char *name;
    unsigned long long got;
    unsigned long long expected;
};

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

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_MMIO_MAGIC_VALUE", VWR_MMIO_MAGIC_VALUE, 0x000},
        {"VIRTIO_MMIO_MAGIC_VALUE", VIRTIO_MMIO_MAGIC_VALUE, 0x000},
        {"VWR_MMIO_VERSION", VWR_MMIO_VERSION, 0x004},
        {"VIRTIO_MMIO_VERSION", VIRTIO_MMIO_VERSION, 0x004},
        {"VWR_MMIO_DEVICE_ID", VWR_MMIO_DEVICE_ID, 0x008},
        {"VIRTIO_MMIO_DEVICE_ID", VIRTIO_MMIO_DEVICE_ID, 0x008},
        {"VWR_MMIO_VENDOR_ID", VWR_MMIO_VENDOR_ID, 0x00c},
        {"VIRTIO_MMIO_VENDOR_ID", VIRTIO_MMIO_VENDOR_ID, 0x00c},
        {"VWR_MMIO_DEVICE_FEATURES", VWR_MMIO_DEVICE_FEATURES, 0x010},
        {"VIRTIO_MMIO_DEVICE_FEATURES", VIRTIO_MMIO_DEVICE_FEATURES, 0x010},
        {"VIRTIO_MMIO_HOST_FEATURES", VIRTIO_MMIO_HOST_FEATURES, 0x010},
        {"VWR_MMIO_DEVICE_FEATURES_SEL", VWR_MMIO_DEVICE_FEATURES_SEL, 0x014},
        {"VIRTIO_MMIO_DEVICE_FEATURES_SEL", VIRTIO_MMIO_DEVICE_FEATURES_SEL, 0x014},
        {"VIRTIO_MMIO_HOST_FEATURES_SEL", VIRTIO_MMIO_HOST_FEATURES_SEL, 0x014},
        {"VWR_MMIO_DRIVER_FEATURES", VWR_MMIO_DRIVER_FEATURES, 0x020},
        {"VIRTIO_MMIO_DRIVER_FEATURES", VIRTIO_MMIO_DRIVER_FEATURES, 0x020},
        {"VIRTIO_MMIO_GUEST_FEATURES", VIRTIO_MMIO_GUEST_FEATURES, 0x020},
        {"VWR_MMIO_DRIVER_FEATURES_SEL", VWR_MMIO_DRIVER_FEATURES_SEL, 0x024},
        {"VIRTIO_MMIO_DRIVER_FEATURES_SEL", VIRTIO_MMIO_DRIVER_FEATURES_SEL, 0x024},
        {"VIRTIO_MMIO_GUEST_FEATURES_SEL", VIRTIO_MMIO_GUEST_FEATURES_SEL, 0x024},
        {"VWR_MMIO_GUEST_PAGE_SIZE", VWR_MMIO_GUEST_PAGE_SIZE, 0x028},
        {"VIRTIO_MMIO_GUEST_PAGE_SIZE", VIRTIO_MMIO_GUEST_PAGE_SIZE, 0x028},
        {"VWR_MMIO_QUEUE_SEL", VWR_MMIO_QUEUE_SEL, 0x030},
        {"VIRTIO_MMIO_QUEUE_SEL", VIRTIO_MMIO_QUEUE_SEL, 0x030},
        {"VWR_MMIO_QUEUE_SIZE_MAX", VWR_MMIO_QUEUE_SIZE_MAX, 0x034},
        {"VIRTIO_MMIO_QUEUE_SIZE_MAX", VIRTIO_MMIO_QUEUE_SIZE_MAX, 0x034},
        {"VIRTIO_MMIO_QUEUE_NUM_MAX", VIRTIO_MMIO_QUEUE_NUM_MAX, 0x034},
        {"VWR_MMIO_QUEUE_SIZE", VWR_MMIO_QUEUE_SIZE, 0x038},
        {"VIRTIO_MMIO_QUEUE_SIZE", VIRTIO_MMIO_QUEUE_SIZE, 0x038},
        {"VIRTIO_MMIO_QUEUE_NUM", VIRTIO_MMIO_QUEUE_NUM, 0x038},
        {"VWR_MMIO_QUEUE_ALIGN", VWR_MMIO_QUEUE_ALIGN, 0x03c},
        {"VIRTIO_MMIO_QUEUE_ALIGN", VIRTIO_MMIO_QUEUE_ALIGN, 0x03c},
        {"VWR_MMIO_QUEUE_PFN", VWR_MMIO_QUEUE_PFN, 0x040},
        {"VIRTIO_MMIO_QUEUE_PFN", VIRTIO_MMIO_QUEUE_PFN, 0x040},
        {"VWR_MMIO_QUEUE_READY", VWR_MMIO_QUEUE_READY, 0x044},
        {"VIRTIO_MMIO_QUEUE_READY", VIRTIO_MMIO_QUEUE_READY, 0x044},
        {"VWR_MMIO_QUEUE_NOTIFY", VWR_MMIO_QUEUE_NOTIFY, 0x050},
        {"VIRTIO_MMIO_QUEUE_NOTIFY", VIRTIO_MMIO_QUEUE_NOTIFY, 0x050},
        {"VWR_MMIO_INTERRUPT_STATUS", VWR_MMIO_INTERRUPT_STATUS, 0x060},
        {"VIRTIO_MMIO_INTERRUPT_STATUS", VIRTIO_MMIO_INTERRUPT_STATUS, 0x060},
        {"VWR_MMIO_INTERRUPT_ACK", VWR_MMIO_INTERRUPT_ACK, 0x064},
        {"VIRTIO_MMIO_INTERRUPT_ACK", VIRTIO_MMIO_INTERRUPT_ACK, 0x064},
        {"VWR_MMIO_STATUS", VWR_MMIO_STATUS, 0x070},
        {"VIRTIO_MMIO_STATUS", VIRTIO_MMIO_STATUS, 0x070},
        {"VWR_MMIO_QUEUE_DESC_LOW", VWR_MMIO_QUEUE_DESC_LOW, 0x080},
        {"VIRTIO_MMIO_QUEUE_DESC_LOW", VIRTIO_MMIO_QUEUE_DESC_LOW, 0x080},
        {"VWR_MMIO_QUEUE_DESC_HIGH", VWR_MMIO_QUEUE_DESC_HIGH, 0x084},
        {"VIRTIO_MMIO_QUEUE_DESC_HIGH", VIRTIO_MMIO_QUEUE_DESC_HIGH, 0x084},
        {"VWR_MMIO_QUEUE_DRIVER_LOW", VWR_MMIO_QUEUE_DRIVER_LOW, 0x090},
        {"VIRTIO_MMIO_QUEUE_DRIVER_LOW", VIRTIO_MMIO_QUEUE_DRIVER_LOW, 0x090},
        {"VIRTIO_MMIO_QUEUE_AVAIL_LOW", VIRTIO_MMIO_QUEUE_AVAIL_LOW, 0x090},
        {"VWR_MMIO_QUEUE_DRIVER_HIGH", VWR_MMIO_QUEUE_DRIVER_HIGH, 0x094},
        {"VIRTIO_MMIO_QUEUE_DRIVER_HIGH", VIRTIO_MMIO_QUEUE_DRIVER_HIGH, 0x094},
        {"VIRTIO_MMIO_QUEUE_AVAIL_HIGH", VIRTIO_MMIO_QUEUE_AVAIL_HIGH, 0x094},
        {"VWR_MMIO_QUEUE_DEVICE_LOW", VWR_MMIO_QUEUE_DEVICE_LOW, 0x0a0},
        {"VIRTIO_MMIO_QUEUE_DEVICE_LOW", VIRTIO_MMIO_QUEUE_DEVICE_LOW, 0x0a0},
        {"VIRTIO_MMIO_QUEUE_USED_LOW", VIRTIO_MMIO_QUEUE_USED_LOW, 0x0a0},
        {"VWR_MMIO_QUEUE_DEVICE_HIGH", VWR_MMIO_QUEUE_DEVICE_HIGH, 0x0a4},
        {"VIRTIO_MMIO_QUEUE_DEVICE_HIGH", VIRTIO_MMIO_QUEUE_DEVICE_HIGH, 0x0a4},
        {"VIRTIO_MMIO_QUEUE_USED_HIGH", VIRTIO_MMIO_QUEUE_USED_HIGH, 0x0a4},
        {"VWR_MMIO_SHM_SEL", VWR_MMIO_SHM_SEL, 0x0ac},
        {"VIRTIO_MMIO_SHM_SEL", VIRTIO_MMIO_SHM_SEL, 0x0ac},
        {"VWR_MMIO_SHM_LEN_LOW", VWR_MMIO_SHM_LEN_LOW, 0x0b0},
        {"VIRTIO_MMIO_SHM_LEN_LOW", VIRTIO_MMIO_SHM_LEN_LOW, 0x0b0},
        {"VWR_MMIO_SHM_LEN_HIGH", VWR_MMIO_SHM_LEN_HIGH, 0x0b4},
        {"VIRTIO_MMIO_SHM_LEN_HIGH", VIRTIO_MMIO_SHM_LEN_HIGH, 0x0b4},
        {"VWR_MMIO_SHM_BASE_LOW", VWR_MMIO_SHM_BASE_LOW, 0x0b8},
        {"VIRTIO_MMIO_SHM_BASE_LOW", VIRTIO_MMIO_SHM_BASE_LOW, 0x0b8},
        {"VWR_MMIO_SHM_BASE_HIGH", VWR_MMIO_SHM_BASE_HIGH, 0x0bc},
        {"VIRTIO_MMIO_SHM_BASE_HIGH", VIRTIO_MMIO_SHM_BASE_HIGH, 0x0bc},
        {"VWR_MMIO_QUEUE_RESET", VWR_MMIO_QUEUE_RESET, 0x0c0},
        {"VIRTIO_MMIO_QUEUE_RESET", VIRTIO_MMIO_QUEUE_RESET, 0x0c0},
        {"VWR_MMIO_CONFIG_GENERATION", VWR_MMIO_CONFIG_GENERATION, 0x0fc},
        {"VIRTIO_MMIO_CONFIG_GENERATION", VIRTIO_MMIO_CONFIG_GENERATION, 0x0fc},
        {"VWR_MMIO_CONFIG", VWR_MMIO_CONFIG, 0x100},
        {"VIRTIO_MMIO_CONFIG", VIRTIO_MMIO_CONFIG, 0x100},
    };

    return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

static unsigned long long number_at(const uint8_t *bytes, unsigned count)
{
    unsigned long long number = 0;

    for (unsigned i = 0; i < count; i++)
        number |= (unsigned long long)bytes[i] << i * 8u;
    return number;
}

/* The functions of registers, on memory where byte n is n + 1: what they read, and what they write. */
static int wire_vwr_mmio_registers(void)
{
    static _Alignas(8) uint8_t bytes[VWR_MMIO_SIZE];
    int wrong = 0;

    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        const unsigned long long expected = number_at(bytes + 0, 4);
        const unsigned long long got = vwr_mmio_get_magic_value(bytes);
        const struct number numbers[] = {
            {"vwr_mmio_get_magic_value", got, expected},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        const unsigned long long expected = number_at(bytes + 4, 4);
        const unsigned long long got = vwr_mmio_get_version(bytes);
        const struct number numbers[] = {
            {"vwr_mmio_get_version", got, expected},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        const unsigned long long expected = number_at(bytes + 8, 4);
        const unsigned long long got = vwr_mmio_get_device_id(bytes);
        const struct number numbers[] = {
            {"vwr_mmio_get_device_id", got, expected},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        const unsigned long long expected = number_at(bytes + 12, 4);
        const unsigned long long got = vwr_mmio_get_vendor_id(bytes);
        const struct number numbers[] = {
            {"vwr_mmio_get_vendor_id", got, expected},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        const unsigned long long expected = number_at(bytes + 16, 4);
        const unsigned long long got = vwr_mmio_get_device_features(bytes, 5);
        const struct number numbers[] = {
            {"vwr_mmio_get_device_features", got, expected},
            {"vwr_mmio_get_device_features: selected", number_at(bytes + 20, 4), 5},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        vwr_mmio_set_driver_features(bytes, 5, 0xb5a69788u);
        const struct number numbers[] = {
            {"vwr_mmio_set_driver_features", number_at(bytes + 32, 4), 0xb5a69788u},
            {"vwr_mmio_set_driver_features: selected", number_at(bytes + 36, 4), 5},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        vwr_mmio_legacy_set_guest_page_size(bytes, 0xb5a69788u);
        const struct number numbers[] = {
            {"vwr_mmio_legacy_set_guest_page_size", number_at(bytes + 40, 4), 0xb5a69788u},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        const unsigned long long expected = number_at(bytes + 52, 4);
        const unsigned long long got = vwr_mmio_get_queue_size_max(bytes, 5);
        const struct number numbers[] = {
            {"vwr_mmio_get_queue_size_max", got, expected},
            {"vwr_mmio_get_queue_size_max: selected", number_at(bytes + 48, 4), 5},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        vwr_mmio_set_queue_size(bytes, 5, 0xb5a69788u);
        const struct number numbers[] = {
            {"vwr_mmio_set_queue_size", number_at(bytes + 56, 4), 0xb5a69788u},
            {"vwr_mmio_set_queue_size: selected", number_at(bytes + 48, 4), 5},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        vwr_mmio_legacy_set_queue_align(bytes, 5, 0xb5a69788u);
        const struct number numbers[] = {
            {"vwr_mmio_legacy_set_queue_align", number_at(bytes + 60, 4), 0xb5a69788u},
            {"vwr_mmio_legacy_set_queue_align: selected", number_at(bytes + 48, 4), 5},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        const unsigned long long expected = number_at(bytes + 64, 4);
        const unsigned long long got = vwr_mmio_legacy_get_queue_pfn(bytes, 5);
        const struct number numbers[] = {
            {"vwr_mmio_legacy_get_queue_pfn", got, expected},
            {"vwr_mmio_legacy_get_queue_pfn: selected", number_at(bytes + 48, 4), 5},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        vwr_mmio_legacy_set_queue_pfn(bytes, 5, 0xb5a69788u);
        const struct number numbers[] = {
            {"vwr_mmio_legacy_set_queue_pfn", number_at(bytes + 64, 4), 0xb5a69788u},
            {"vwr_mmio_legacy_set_queue_pfn: selected", number_at(bytes + 48, 4), 5},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        const unsigned long long expected = number_at(bytes + 68, 4);
        const unsigned long long got = vwr_mmio_modern_get_queue_ready(bytes, 5);
        const struct number numbers[] = {
            {"vwr_mmio_modern_get_queue_ready", got, expected},
            {"vwr_mmio_modern_get_queue_ready: selected", number_at(bytes + 48, 4), 5},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        vwr_mmio_modern_set_queue_ready(bytes, 5, 0xb5a69788u);
        const struct number numbers[] = {
            {"vwr_mmio_modern_set_queue_ready", number_at(bytes + 68, 4), 0xb5a69788u},
            {"vwr_mmio_modern_set_queue_ready: selected", number_at(bytes + 48, 4), 5},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        vwr_mmio_set_queue_notify(bytes, 0xb5a69788u);
        const struct number numbers[] = {
            {"vwr_mmio_set_queue_notify", number_at(bytes + 80, 4), 0xb5a69788u},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        const unsigned long long expected = number_at(bytes + 96, 4);
        const unsigned long long got = vwr_mmio_get_interrupt_status(bytes);
        const struct number numbers[] = {
            {"vwr_mmio_get_interrupt_status", got, expected},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        vwr_mmio_set_interrupt_ack(bytes, 0xb5a69788u);
        const struct number numbers[] = {
            {"vwr_mmio_set_interrupt_ack", number_at(bytes + 100, 4), 0xb5a69788u},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        const unsigned long long expected = number_at(bytes + 112, 4);
        const unsigned long long got = vwr_mmio_get_status(bytes);
        const struct number numbers[] = {
            {"vwr_mmio_get_status", got, expected},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        vwr_mmio_set_status(bytes, 0xb5a69788u);
        const struct number numbers[] = {
            {"vwr_mmio_set_status", number_at(bytes + 112, 4), 0xb5a69788u},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        vwr_mmio_modern_set_queue_desc(bytes, 5, 0xf1e2d3c4b5a69788ULL);
        const struct number numbers[] = {
            {"vwr_mmio_modern_set_queue_desc", number_at(bytes + 128, 4), 0xb5a69788ULL & ~0ULL >> 32},
            {"vwr_mmio_modern_set_queue_desc", number_at(bytes + 132, 4), 0xf1e2d3c4u},
            {"vwr_mmio_modern_set_queue_desc: selected", number_at(bytes + 48, 4), 5},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        vwr_mmio_modern_set_queue_driver(bytes, 5, 0xf1e2d3c4b5a69788ULL);
        const struct number numbers[] = {
            {"vwr_mmio_modern_set_queue_driver", number_at(bytes + 144, 4), 0xb5a69788ULL & ~0ULL >> 32},
            {"vwr_mmio_modern_set_queue_driver", number_at(bytes + 148, 4), 0xf1e2d3c4u},
            {"vwr_mmio_modern_set_queue_driver: selected", number_at(bytes + 48, 4), 5},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        vwr_mmio_modern_set_queue_device(bytes, 5, 0xf1e2d3c4b5a69788ULL);
        const struct number numbers[] = {
            {"vwr_mmio_modern_set_queue_device", number_at(bytes + 160, 4), 0xb5a69788ULL & ~0ULL >> 32},
            {"vwr_mmio_modern_set_queue_device", number_at(bytes + 164, 4), 0xf1e2d3c4u},
            {"vwr_mmio_modern_set_queue_device: selected", number_at(bytes + 48, 4), 5},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        const unsigned long long expected = number_at(bytes + 176, 4) | number_at(bytes + 180, 4) << 32;
        const unsigned long long got = vwr_mmio_modern_get_shm_len(bytes, 5);
        const struct number numbers[] = {
            {"vwr_mmio_modern_get_shm_len", got, expected},
            {"vwr_mmio_modern_get_shm_len: selected", number_at(bytes + 172, 4), 5},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        const unsigned long long expected = number_at(bytes + 184, 4) | number_at(bytes + 188, 4) << 32;
        const unsigned long long got = vwr_mmio_modern_get_shm_base(bytes, 5);
        const struct number numbers[] = {
            {"vwr_mmio_modern_get_shm_base", got, expected},
            {"vwr_mmio_modern_get_shm_base: selected", number_at(bytes + 172, 4), 5},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        const unsigned long long expected = number_at(bytes + 192, 4);
        const unsigned long long got = vwr_mmio_modern_get_queue_reset(bytes, 5);
        const struct number numbers[] = {
            {"vwr_mmio_modern_get_queue_reset", got, expected},
            {"vwr_mmio_modern_get_queue_reset: selected", number_at(bytes + 48, 4), 5},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        vwr_mmio_modern_set_queue_reset(bytes, 5, 0xb5a69788u);
        const struct number numbers[] = {
            {"vwr_mmio_modern_set_queue_reset", number_at(bytes + 192, 4), 0xb5a69788u},
            {"vwr_mmio_modern_set_queue_reset: selected", number_at(bytes + 48, 4), 5},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i + 1u);
    {
        const unsigned long long expected = number_at(bytes + 252, 4);
        const unsigned long long got = vwr_mmio_modern_get_config_generation(bytes);
        const struct number numbers[] = {
            {"vwr_mmio_modern_get_config_generation", got, expected},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    return wrong;
}

int main(void)
{
    int wrong = constants();

    wrong |= wire_vwr_mmio_registers();
    if (!wrong)
        printf("%s: 0 structs and 27 functions of registers match the specification\n", "spec/transport/mmio.yaml");
    return wrong;
}

/* SPDX-License-Identifier: MIT */
#include "gicv3.h"

/*
 * The ITS of a GICv3: translates a message of a function (its ID and an event number) to an interrupt of a
 * CPU. All tables are static; commands go through a queue.
 */

#define I_CONTROL 0x0000u
#define I_TYPE 0x0008u
#define I_QUEUE 0x0080u
#define I_QUEUE_WRITE 0x0088u
#define I_QUEUE_READ 0x0090u
#define I_TABLE 0x0100u
#define I_TRANSLATE 0x10040u

#define I_TYPE_ENTRY_SHIFT 4u /* 4 bits: size of an entry of a device table in bytes, minus 1 */
#define I_TYPE_ENTRY_MASK 0xfu
#define I_TYPE_ADDRESSES (1ull << 19) /* redistributors are identified by address instead of number */

#define I_TABLES 8u
#define I_TABLE_KIND_SHIFT 56u
#define I_TABLE_KIND_MASK 7u
#define I_TABLE_KIND_DEVICES 1u
#define I_TABLE_KIND_COLLECTIONS 4u
#define I_TABLE_ENTRY_SHIFT 48u /* size of an entry in bytes, minus 1 */
#define I_TABLE_ENTRY_MASK 0x1fu

#define R_CONTROL 0x0000u
#define R_CONTROL_MESSAGES 1u
#define R_TYPE 0x0008u
#define R_TYPE_NUMBER_SHIFT 8u
#define R_TYPE_NUMBER_MASK 0xffffu
#define R_PROPERTIES 0x0070u
#define R_PENDING 0x0078u
#define R_PENDING_IS_ZERO (1ull << 62)

#define ENABLE 1u
#define VALID (1ull << 63)
#define PAGE 4096u

#define COMMAND_SYNC 0x05u
#define COMMAND_MAP_DEVICE 0x08u
#define COMMAND_MAP_COLLECTION 0x09u
#define COMMAND_MAP_EVENT 0x0au
#define COMMAND_INVALIDATE 0x0cu

#define NUMBER_BITS 14u /* number of bits in an interrupt number: messages start at 8192 */
#define LPIS (1u << (NUMBER_BITS - 1u))
#define PROPERTY_ON 1u /* at the highest priority */

#define ITS_IDS 4096u /* functions on 16 buses */
#define ITS_ENTRY_MAX 16u
#define ITS_DEVICES 8u    /* functions that send messages */
#define ITS_EVENT_BITS 3u /* per function */
#define ITS_MESSAGES 32u  /* in total */
#define POLLS_MAX 1000000u

static _Alignas(65536) uint8_t pending[(1u << NUMBER_BITS) / 8u];
static _Alignas(PAGE) uint8_t properties[LPIS];
static _Alignas(PAGE) uint8_t devices[ITS_IDS * ITS_ENTRY_MAX];
static _Alignas(PAGE) uint8_t collections[PAGE];
static _Alignas(65536) uint64_t queue[PAGE / 8u];
static _Alignas(256) uint8_t events[ITS_DEVICES][ITS_ENTRY_MAX << ITS_EVENT_BITS];

static struct {
    uint32_t id;
    uint32_t count; /* messages allocated */
} device[ITS_DEVICES];
static unsigned device_count;

static struct {
    uint32_t id;
    uint32_t event;
} message_of[ITS_MESSAGES]; /* indexed by interrupt, from the first one on */
static unsigned message_count;

static uintptr_t its_base;
static uint64_t its_target; /* the first CPU, encoded for commands */
static uint32_t its_write;  /* byte offset in the queue */

/* Waits for each command; there are only a few. */
static bool its_command(uint64_t a, uint64_t b, uint64_t c)
{
    uint64_t *const at = &queue[its_write / 8u];

    at[0] = a;
    at[1] = b;
    at[2] = c;
    at[3] = 0;
    its_write = (its_write + 32u) % PAGE;
    __asm__ volatile("dsb sy" ::: "memory");
    *gicv3_long(its_base, I_QUEUE_WRITE) = its_write;
    for (unsigned i = 0; i < POLLS_MAX; i++)
        if (*gicv3_long(its_base, I_QUEUE_READ) == its_write)
            return true;
    return false; /* or the ITS has stopped at a command with an error */
}

static bool its_sync(void)
{
    return its_command(COMMAND_SYNC, 0, its_target);
}

/* Provides the tables that the ITS requires. */
static bool its_tables(void)
{
    for (unsigned i = 0; i < I_TABLES; i++) {
        volatile uint64_t *const at = gicv3_long(its_base, I_TABLE + i * 8u);
        const uint32_t kind = (uint32_t)(*at >> I_TABLE_KIND_SHIFT) & I_TABLE_KIND_MASK;
        const uint32_t entry = ((uint32_t)(*at >> I_TABLE_ENTRY_SHIFT) & I_TABLE_ENTRY_MASK) + 1u;

        if (kind == I_TABLE_KIND_DEVICES) {
            if (entry > ITS_ENTRY_MAX)
                return false;
            *at = VALID | (uintptr_t)devices | (sizeof(devices) / PAGE - 1u);
        } else if (kind == I_TABLE_KIND_COLLECTIONS) {
            *at = VALID | (uintptr_t)collections;
        }
    }
    return true;
}

static void its_start_redistributor(uintptr_t redistributor)
{
    *gicv3_long(redistributor, R_PROPERTIES) = (uintptr_t)properties | (NUMBER_BITS - 1u);
    *gicv3_long(redistributor, R_PENDING) = R_PENDING_IS_ZERO | (uintptr_t)pending;
    __asm__ volatile("dsb sy" ::: "memory");
    *gicv3_word(redistributor, R_CONTROL) |= R_CONTROL_MESSAGES;
}

bool its_start(uintptr_t its, uintptr_t redistributor)
{
    const uint64_t type = *gicv3_long(its, I_TYPE);
    const uint64_t number = *gicv3_long(redistributor, R_TYPE) >> R_TYPE_NUMBER_SHIFT & R_TYPE_NUMBER_MASK;

    its_base = its;
    its_target = (type & I_TYPE_ADDRESSES) != 0 ? redistributor : number << 16;
    if (!its_tables() || (type >> I_TYPE_ENTRY_SHIFT & I_TYPE_ENTRY_MASK) >= ITS_ENTRY_MAX)
        return false;
    its_start_redistributor(redistributor);
    *gicv3_long(its, I_QUEUE) = VALID | (uintptr_t)queue;
    *gicv3_long(its, I_QUEUE_WRITE) = 0;
    *gicv3_word(its, I_CONTROL) = ENABLE;
    return its_command(COMMAND_MAP_COLLECTION, 0, VALID | its_target) && its_sync();
}

/* The message count of a function; its table is created for its first message. NULL: too many functions. */
static uint32_t *its_count_of(uint32_t id)
{
    unsigned i = 0;

    while (i < device_count && device[i].id != id)
        i++;
    if (i == device_count) {
        if (i == ITS_DEVICES || id >= ITS_IDS ||
            !its_command(COMMAND_MAP_DEVICE | (uint64_t)id << 32, ITS_EVENT_BITS - 1u,
                         VALID | (uintptr_t)events[i]))
            return NULL;
        device[i].id = id;
        device_count++;
    }
    return device[i].count < 1u << ITS_EVENT_BITS ? &device[i].count : NULL;
}

bool its_message(uint32_t id, struct vwr_pci_message *message, uint32_t *number)
{
    uint32_t *const count = its_count_of(id);
    const uint32_t lpi = GICV3_LPI + message_count;

    if (count == NULL || message_count == ITS_MESSAGES ||
        !its_command(COMMAND_MAP_EVENT | (uint64_t)id << 32, *count | (uint64_t)lpi << 32, 0))
        return false;
    message_of[message_count].id = id;
    message_of[message_count++].event = *count;
    *number = lpi;
    message->addr = its_base + I_TRANSLATE;
    message->data = (*count)++;
    return true;
}

void its_enable(uint32_t number)
{
    const uint32_t i = number - GICV3_LPI;

    properties[i] = PROPERTY_ON;
    (void)its_command(COMMAND_INVALIDATE | (uint64_t)message_of[i].id << 32, message_of[i].event, 0);
    (void)its_sync();
}

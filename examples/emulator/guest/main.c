/* SPDX-License-Identifier: MIT */
/*
 * The guest of the emulator: bare metal, with our drivers (a copy for the driver side: vwr.h). It uses the
 * disk, network card, entropy device and console, restarts the machine once, and powers it off after a key.
 * If sector 0 begins with "ho", it gives the disk an address outside of RAM first.
 */
#include "vwr.h"

#define DEVICES ((uint8_t *)0x0a000000u)
#define CONTROL ((volatile uint32_t *)0x00100000u)
#define POWER_OFF 0x5555u
#define FAILED 0x3333u
#define RESTART 0x7777u
#define EXTERNAL (1u << 11) /* in mie */
#define SECTOR 512u
#define WAIT_US 1000000u
#define SLOTS 8u

enum { DISK, CONSOLE, CARD, RANDOM, DEVICES_USED };
static const uint32_t types[DEVICES_USED] = {VWR_ID_BLOCK, VWR_ID_CONSOLE, VWR_ID_NET, VWR_ID_RNG};
enum { ACKNOWLEDGE = 1, DRIVER = 2, FEATURES_OK = 8 }; /* bits of the status */

static struct vwr_mmio mmio[DEVICES_USED];
static uint8_t *disk_registers;
static struct vwr_blk disk;
static struct vwr_console console;
static struct vwr_net card;
static struct vwr_entropy entropy;
static volatile uint32_t interrupts;
static char sector[SECTOR];

void guest_main(void);
void on_trap(void);

static void power(uint32_t request)
{
    for (;;)
        *CONTROL = request;
}

__attribute__((interrupt("machine"), aligned(4))) void on_trap(void)
{
    uint32_t cause;

    __asm__ volatile("csrr %0, mcause" : "=r"(cause));
    if ((cause & 0x80000000u) == 0)
        power(FAILED);
    interrupts++;
    for (unsigned i = 0; i < DEVICES_USED; i++)
        (void)vwr_dev_irq(&mmio[i].dev);
}

/* ---- the console ---- */

static int open_console(void)
{
    static struct vwr_console_shared shared[VWR_CONSOLE_QUEUES(1)];
    static struct vwr_console_port port[1];
    static const struct vwr_console_options options = {
        .port = port, .port_count = 1, .shared = shared, .shared_count = VWR_COUNT(shared)};

    return vwr_console_open(&console, &mmio[CONSOLE].dev, &options);
}

static void say(const char *text)
{
    size_t n = 0;

    while (text[n] != 0)
        n++;
    if (vwr_console_write(&console, 0, text, n) < 0 || vwr_console_flush(&console, 0, WAIT_US) != VWR_OK)
        power(FAILED);
}

static void say_number(const char *text, uint32_t number)
{
    char digits[12] = "";
    unsigned at = sizeof(digits) - 1;

    do
        digits[--at] = (char)('0' + number % 10u);
    while ((number /= 10u) != 0);
    say(text);
    say(digits + at);
    say("\n");
}

static void must(const char *what, int result)
{
    if (result >= 0)
        return;
    say(what);
    say_number(": error ", (uint32_t)-result);
    power(FAILED);
}

/*
 * Sleeps until the console interrupts. Interrupts are masked from the check to WFI, which a pending interrupt
 * ends, so that none is lost.
 */
static void wait_for_key(void)
{
    char key[2] = "";
    int n;

    do {
        __asm__ volatile("csrci mstatus, 8" ::: "memory");
        if (vwr_console_arm(&console, 0))
            __asm__ volatile("wfi" ::: "memory");
        __asm__ volatile("csrsi mstatus, 8" ::: "memory");
        n = vwr_console_read(&console, 0, key, 1);
    } while (n == 0);
    must("key", n);
    say("key: ");
    say(key);
    say(interrupts != 0 ? ", after an interrupt\n" : "\n");
}

/* ---- the disk ---- */

static int open_disk(void)
{
    static struct vwr_blk_shared shared;
    static struct vwr_blk_own own;
    static const struct vwr_blk_options options = {.own = &own, .shared = &shared};

    return vwr_blk_open(&disk, &mmio[DISK].dev, &options);
}

/* Reads the label in sector 0, and counts the starts of the machine in the first byte of sector 1. */
static unsigned use_disk(void)
{
    unsigned starts;

    must("disk", vwr_blk_read(&disk, 0, sector, 1));
    sector[SECTOR - 1] = 0;
    say("label: ");
    say(sector);
    must("disk", vwr_blk_read(&disk, 1, sector, 1));
    starts = (unsigned)++sector[0];
    must("disk", vwr_blk_write(&disk, 1, sector, 1));
    must("disk", vwr_blk_flush(&disk));
    say_number("starts: ", starts);
    return starts;
}

static void put(unsigned reg, uint32_t value)
{
    vwr_port_write32(disk_registers + reg, value);
}

/* A driver whose rings are outside of RAM. */
static void be_hostile(void)
{
    put(VWR_MMIO_STATUS, 0);
    put(VWR_MMIO_STATUS, ACKNOWLEDGE | DRIVER);
    put(VWR_MMIO_DRIVER_FEATURES_SEL, 1);
    put(VWR_MMIO_DRIVER_FEATURES, 1); /* VERSION_1 */
    put(VWR_MMIO_STATUS, ACKNOWLEDGE | DRIVER | FEATURES_OK);
    put(VWR_MMIO_QUEUE_SEL, 0);
    put(VWR_MMIO_QUEUE_SIZE, 16);
    put(VWR_MMIO_QUEUE_DESC_LOW, 0x40000000u);
    put(VWR_MMIO_QUEUE_DRIVER_LOW, 0x40001000u);
    put(VWR_MMIO_QUEUE_DEVICE_LOW, 0x40002000u);
    put(VWR_MMIO_QUEUE_READY, 1);
    put(VWR_MMIO_STATUS, 0);
    must("disk after a reset", vwr_mmio_probe_modern(&mmio[DISK], disk_registers, VWR_MMIO_SIZE));
    must("disk after a reset", open_disk());
}

/* ---- random numbers ---- */

static void use_entropy(void)
{
    static struct vwr_entropy_shared shared;
    static const struct vwr_entropy_options options = {.shared = &shared};
    static uint8_t random[8];
    unsigned set = 0;

    must("entropy", vwr_entropy_open(&entropy, &mmio[RANDOM].dev, &options));
    must("entropy", vwr_entropy_fill(&entropy, random, sizeof(random), WAIT_US));
    for (unsigned i = 0; i < sizeof(random); i++)
        set |= random[i];
    say(set != 0 ? "random bytes\n" : "no random bytes\n");
}

/* ---- the network ---- */

static int open_card(void)
{
    static struct vwr_net_shared shared[1];
    static struct vwr_net_pair pair[1];
    static const struct vwr_net_options options = {.pair = pair,
                                                   .pair_count = 1,
                                                   .shared = shared,
                                                   .shared_count = 1,
                                                   .avoid = {{1u << VWR_NET_F_MRG_RXBUF}}};

    return vwr_net_open(&card, &mmio[CARD].dev, &options);
}

/* Sends a frame, and waits for the same frame from the other end. */
static void use_card(void)
{
    static struct vwr_net_packet packet;
    static uint8_t frame[60] = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0x88, 0xb5, 'p', 'i', 'n', 'g'};
    static uint8_t answer[VWR_NET_FRAME];
    struct vwr_net_transmitq *const q = vwr_net_get_transmitq(&card, 0);
    int r;

    vwr_net_fill(&packet, frame, sizeof(frame));
    must("card", vwr_net_submit(q, &packet));
    (void)vwr_net_kick(q);
    do
        r = vwr_net_receive(vwr_net_get_receiveq(&card, 0), answer, sizeof(answer));
    while (r == 0);
    must("card", r);
    say_number("frame: ", (uint32_t)r);
}

/* ---- the machine ---- */

static struct vwr_mmio *place_of(uint32_t type)
{
    for (unsigned i = 0; i < DEVICES_USED; i++)
        if (types[i] == type)
            return &mmio[i];
    return NULL;
}

/* Finds the devices that the guest uses; returns how many there are in all. */
static unsigned find_devices(void)
{
    unsigned found = 0;

    for (unsigned i = 0; i < SLOTS; i++) {
        uint8_t *const registers = DEVICES + i * VWR_MMIO_SIZE;
        const uint32_t type = vwr_port_read32(registers + VWR_MMIO_DEVICE_ID);
        struct vwr_mmio *const m = place_of(type);

        if (vwr_port_read32(registers + VWR_MMIO_STATUS) != 0)
            power(FAILED); /* a live device would still write into RAM */
        found += type != 0;
        if (type == VWR_ID_BLOCK)
            disk_registers = registers;
        if (m != NULL && vwr_mmio_probe_modern(m, registers, VWR_MMIO_SIZE) != VWR_OK)
            power(FAILED);
    }
    return found;
}

void guest_main(void)
{
    static uint32_t runs; /* in RAM, which is loaded again */
    unsigned found, starts;

    __asm__ volatile("csrw mie, %0\n\tcsrsi mstatus, 8" ::"r"(EXTERNAL));
    found = find_devices();
    if (open_console() != VWR_OK)
        power(FAILED);
    while (!vwr_console_arm(&console, 0)) /* each key from now on interrupts; an earlier one is dropped */
        must("key", vwr_console_read(&console, 0, sector, 1));
    say_number("devices: ", found);
    must("disk", open_disk());
    must("disk", vwr_blk_read(&disk, 0, sector, 1));
    if (sector[0] == 'h' && sector[1] == 'o')
        be_hostile();
    starts = use_disk();
    use_entropy();
    must("card", open_card());
    use_card();
    if (++runs != 1)
        say("RAM is not loaded again\n");
    if (starts == 1)
        power(RESTART); /* all queues are live */
    wait_for_key();
    power(POWER_OFF);
}

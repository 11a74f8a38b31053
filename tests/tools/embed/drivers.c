/* SPDX-License-Identifier: MIT */
#include "find.h"
#include "uart.h"

/*
 * An image built from the file pair, with each of our drivers: it probes all devices of QEMU's virt machine,
 * and uses each device through the copy's examples.
 */

#define TRIES 2000000u
#define WIDTH 64u
#define HEIGHT 32u
#define ARP_BYTES 42u

void demo_main(unsigned level);
void exception_report(unsigned kind, uint64_t syndrome, uint64_t from, uint64_t address);
void report_level_3(void);

static uint8_t buffer[VWR_BLK_SECTOR_BYTES];
static uint32_t pixels[WIDTH * HEIGHT];

static void say(const char *what, int r)
{
    put(what);
    put(r == VWR_OK ? ": ok\n" : ": ");
    if (r != VWR_OK) {
        put(vwr_strerror(r));
        put("\n");
    }
}

/* An ARP request for 10.0.2.2, which QEMU's user-mode network answers. */
static const uint8_t question[ARP_BYTES] = {
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x52, 0x54, 0, 0x12, 0x34, 0x56, 8, 6, 0, 1, 8, 0,  6, 4, 0,
    1,    0x52, 0x54, 0,    0x12, 0x34, 0x56, 10,   0, 2,    15,   0,    0, 0, 0, 0, 0, 10, 0, 2, 2};

static int ask_the_gateway(device d)
{
    static uint8_t frame[VWR_NET_FRAME];
    bool answered = false;
    int r = vwr_example_net(d);

    if (r == VWR_OK)
        r = vwr_example_net_send(question, sizeof(question));
    for (unsigned i = 0; i < TRIES && r >= 0 && !answered; i++)
        if ((r = vwr_example_net_receive(frame)) >= (int)ARP_BYTES)
            answered = frame[21] == 2 && frame[28] == 10 && frame[31] == 2;
    return r < 0 ? r : answered ? VWR_OK : VWR_ETIMEOUT;
}

static int random_bytes(device d)
{
    unsigned zeroes = 0;
    const int r = vwr_example_entropy(d, buffer, 32);

    for (unsigned i = 0; i < 32; i++)
        zeroes += buffer[i] == 0;
    return r == VWR_OK && zeroes > 8 ? VWR_EIO : r;
}

static int no_key(device d)
{
    uint64_t event;
    const int r = vwr_example_input(d);

    return r == VWR_OK ? vwr_example_input_event(&event) : r;
}

static int picture(device d)
{
    const int r = vwr_example_gpu(d, pixels, WIDTH, HEIGHT);

    return r == VWR_OK ? vwr_example_gpu_changed(8, 8, 16, 16) : r;
}

/* QEMU wants no page. */
static int no_page(device d)
{
    uint32_t page = 0;
    int r = vwr_example_balloon(d);

    if (r == VWR_OK)
        r = vwr_example_balloon_give(&page, 1);
    return r == 0 ? vwr_example_balloon_take(&page, 1) : r;
}

static int line(device d)
{
    static const char words[] = "from the copy\n";
    const int r = vwr_example_console(d);

    if (r != VWR_OK)
        return r;
    return vwr_example_console_write(words, sizeof(words) - 1) == sizeof(words) - 1 ? VWR_OK : VWR_EIO;
}

static int file(device d)
{
    static const char words[] = "from the host\n";
    const int r = vwr_example_9p(d, "word.txt", buffer, sizeof(buffer));

    for (unsigned i = 0; r > 0 && i < sizeof(words) - 1; i++)
        if (buffer[i] != (uint8_t)words[i])
            return VWR_EIO;
    return r == sizeof(words) - 1 ? VWR_OK : r < 0 ? r : VWR_EIO;
}

static int blocks(device d)
{
    static const char words[] = "from the disk\n";
    const int r = vwr_example_scsi(d, 3, buffer, 512);

    for (unsigned i = 0; r == VWR_OK && i < sizeof(words) - 1; i++)
        if (buffer[i] != (uint8_t)words[i])
            return VWR_EIO;
    return r;
}

/* The first block of NIST SP 800-38A, F.2.1. */
static int encrypt(device d)
{
    static const uint8_t iv[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    static const uint8_t words[] = {0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6, 0xab, 0xf7, 0x15,
                                    0x88, 0x09, 0xcf, 0x4f, 0x3c, 0x6b, 0xc1, 0xbe, 0xe2, 0x2e, 0x40,
                                    0x9f, 0x96, 0xe9, 0x3d, 0x7e, 0x11, 0x73, 0x93, 0x17, 0x2a};
    static const uint8_t result[] = {0x76, 0x49, 0xab, 0xac, 0x81, 0x19, 0xb2, 0x46,
                                     0xce, 0xe9, 0x8e, 0x9b, 0x12, 0xe9, 0x19, 0x7d};
    int r;

    for (unsigned i = 0; i < sizeof(words); i++)
        buffer[i] = words[i];
    r = vwr_example_encrypt(d, buffer, iv, buffer + 16, 16);
    for (unsigned i = 0; r == 16 && i < sizeof(result); i++)
        if (buffer[16 + i] != result[i])
            return VWR_EIO;
    return r == 16 ? VWR_OK : r;
}

static void look_at(device d, uint32_t type)
{
    if (type == VWR_BLK_ID)
        say("disk", vwr_example_read(d, buffer));
    if (type == VWR_CONSOLE_ID)
        say("console", line(d));
    if (type == VWR_ENTROPY_ID)
        say("random", random_bytes(d));
    if (type == VWR_INPUT_ID)
        say("input", no_key(d));
    if (type == VWR_NET_ID)
        say("network", ask_the_gateway(d));
    if (type == VWR_GPU_ID)
        say("picture", picture(d));
    if (type == VWR_BALLOON_ID)
        say("balloon", no_page(d));
    if (type == VWR_9P_ID)
        say("folder", file(d));
    if (type == VWR_SCSI_ID)
        say("units", blocks(d));
    if (type == VWR_CRYPTO_ID)
        say("cipher", encrypt(d));
}

void demo_main(unsigned level)
{
    (void)level;
    uart_start();
#ifdef WITH_MMIO
    find_slots(look_at);
#endif
#ifdef WITH_PCI
    if (find_functions(look_at) < 0)
        put("no place for BARs\n");
#endif
}

void exception_report(unsigned kind, uint64_t syndrome, uint64_t from, uint64_t address)
{
    put("exception ");
    put_hex(kind, 2);
    put_hex(syndrome, 16);
    put_hex(from, 16);
    put_hex(address, 16);
    put("\n");
}

void report_level_3(void)
{
}

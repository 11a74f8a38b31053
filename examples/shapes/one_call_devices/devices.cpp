/* SPDX-License-Identifier: MIT */
#include "devices.hpp"

namespace
{

constexpr uint32_t kWidth = 160;
constexpr uint32_t kHeight = 100;
constexpr unsigned kKeys = 4;
constexpr size_t kArp = 42;

template <class Device> struct Dma {
    alignas(VWR_QUEUE_SHARED_ALIGN) uint8_t bytes[Device::CalcDmaSize()];
};

one_call::VirtioNet<> net;
one_call::VirtioConsole console;
one_call::VirtioInput input;
one_call::VirtioGpu<> gpu;
one_call::VirtioEntropy entropy;
Dma<one_call::VirtioNet<>> net_dma;
Dma<one_call::VirtioConsole> console_dma;
Dma<one_call::VirtioInput> input_dma;
Dma<one_call::VirtioGpu<>> gpu_dma;
Dma<one_call::VirtioEntropy> entropy_dma;

uint32_t pixels[kWidth * kHeight];
uint8_t seed[32];

/* An ARP request for 10.0.2.2, which QEMU's user network answers. */
uint8_t arp[kArp] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0,  0, 0, 0,  0, 8, 6, 0, 1, 8, 0,  6, 4, 0,
                     1,    0,    0,    0,    0,    0,    0, 10, 0, 2, 15, 0, 0, 0, 0, 0, 0, 10, 0, 2, 2};

volatile bool sent, answered, drawn, echoed;
volatile unsigned keys;
volatile int failed;

template <class T> int ResultOf(const one_call::Expected<T> &e)
{
    return e.has_value() ? VWR_OK : e.error().result;
}

void Note(int result)
{
    failed = failed != VWR_OK ? failed : result;
}

void OnNet()
{
    Note(ResultOf(net.HandleInterrupt(
        [](void *token, one_call::ErrorCode code) {
            sent = token == arp && code == one_call::ErrorCode::kSuccess;
        },
        [](const uint8_t *frame, size_t bytes, unsigned more) {
            if (more == 0 && bytes >= kArp && frame[12] == 8 && frame[13] == 6 && frame[21] == 2)
                answered = true;
        })));
}

/* Echoes input; ends with a line end. */
void OnConsole()
{
    Note(ResultOf(console.HandleInterrupt([](const uint8_t *bytes, size_t count) {
        Note(ResultOf(console.Write(bytes, count)));
        echoed = echoed || bytes[count - 1] == '\n';
    })));
}

void OnInput()
{
    Note(ResultOf(input.HandleInterrupt([](uint16_t type, uint16_t, uint32_t value) {
        if (type == 1 && value == 1)
            keys = keys + 1;
    })));
}

void OnGpu()
{
    Note(ResultOf(gpu.HandleInterrupt([](void *token, one_call::ErrorCode code) {
        drawn = token == pixels && code == one_call::ErrorCode::kSuccess;
    })));
}

int Draw()
{
    const vwr_gpu_area area = {0, 0, kWidth, kHeight};
    int r = ResultOf(gpu.Show(pixels, kWidth, kHeight));

    for (uint32_t &pixel : pixels)
        pixel = 0x204060;
    if (r == VWR_OK)
        r = ResultOf(gpu.EnqueueFlush(area, pixels));
    gpu.Kick();
    return r;
}

int Ask()
{
    for (unsigned i = 0; i < 6; i++)
        arp[6 + i] = arp[22 + i] = net.GetMac()[i];
    const int r = ResultOf(net.EnqueueSend(arp, sizeof(arp), arp));
    net.Kick();
    return r;
}

template <class Device> void Open(Device &device, uintptr_t base, Dma<Device> &dma, int *r)
{
    if (*r == VWR_OK)
        *r = ResultOf(Device::Create(device, base, dma.bytes, sizeof(dma.bytes)));
}

} /* namespace */

extern "C" int devices_begin(const uintptr_t mmio_base[kDevices])
{
    int r = VWR_OK;

    Open(net, mmio_base[kNet], net_dma, &r);
    Open(console, mmio_base[kConsole], console_dma, &r);
    Open(input, mmio_base[kInput], input_dma, &r);
    Open(gpu, mmio_base[kGpu], gpu_dma, &r);
    Open(entropy, mmio_base[kEntropy], entropy_dma, &r);
    if (r == VWR_OK)
        r = ResultOf(entropy.Read(seed, sizeof(seed)));
    if (r == VWR_OK)
        r = Draw();
    if (r == VWR_OK)
        r = Ask();
    for (unsigned i = kNet; i < kEntropy && r == VWR_OK; i++)
        devices_on_interrupt(i); /* arms the first interrupt */
    return r;
}

extern "C" void devices_on_interrupt(unsigned number)
{
    static void (*const handlers[])() = {OnNet, OnConsole, OnInput, OnGpu};

    if (number < kEntropy)
        handlers[number]();
}

extern "C" bool devices_are_done(void)
{
    unsigned sum = 0;

    for (uint8_t byte : seed)
        sum += byte;
    return sum != 0 && sent && answered && drawn && echoed && keys >= kKeys;
}

extern "C" int devices_failed(void)
{
    return failed;
}

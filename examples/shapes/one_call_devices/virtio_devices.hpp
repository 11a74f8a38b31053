/* SPDX-License-Identifier: MIT */
#ifndef ONE_CALL_VIRTIO_DEVICES_HPP
#define ONE_CALL_VIRTIO_DEVICES_HPP

#include "virtio_blk.hpp"

#include "vwr/console.h"
#include "vwr/entropy.h"
#include "vwr/gpu.h"
#include "vwr/input.h"
#include "vwr/net.h"
#include "vwr/open/rows.h"

namespace one_call
{

/* Polls per handler call; a device with more events interrupts again. */
constexpr unsigned kPasses = 4;

/* The rows of the drivers in the table of vwr_open. */
constexpr vwr_open_class kInputClass = VWR_OPEN_INPUT;
constexpr vwr_open_class kConsoleClass = VWR_OPEN_CONSOLE;
constexpr vwr_open_class kEntropyClass = VWR_OPEN_ENTROPY;
constexpr vwr_open_class kNetClass = VWR_OPEN_NET;
constexpr vwr_open_class kGpuClass = VWR_OPEN_GPU;

/*
 * Common to all devices. Place a device in private memory, which it cannot write, zeroed (as static memory
 * is), and do not move it. One caller at a time: interrupts disabled, or a lock.
 */
template <class Device, class Own, class Shared, const vwr_open_class &kClass> class VirtioDevice
{
  public:
    /* Size of the DMA memory; align it to VWR_QUEUE_SHARED_ALIGN. */
    static constexpr size_t CalcDmaSize()
    {
        return sizeof(Shared);
    }

    /* Probes and initializes the device, up to DRIVER_OK. The memory belongs to the device until Close. */
    static Expected<Device *> Create(Device &at, uintptr_t mmio_base, void *dma, size_t dma_bytes)
    {
        const vwr_open_options options = {&kClass, 1, &at.own_, sizeof(at.own_), dma, dma_bytes, {{0}}};
        int r = vwr_mmio_probe(&at.mmio_, (volatile void *)mmio_base, VWR_MMIO_SIZE);

        if (r == VWR_OK)
            r = vwr_open(&at.opened_, &at.mmio_.dev, &options);
        return Expected<Device *>(r, r == VWR_OK ? &at : nullptr);
    }

    Expected<Done> Close()
    {
        return ToExpected(vwr_close(opened_.bringup));
    }

  protected:
    /* Polls until nothing is pending and the interrupt is armed. `look` returns as vwr/result.h. */
    template <class Look, class Arm> Expected<Done> Handle(Look look, Arm arm)
    {
        int r = VWR_OK;

        (void)vwr_dev_irq(&mmio_.dev);
        for (unsigned i = 0; i < kPasses && r == VWR_OK; i++) {
            r = look();
            if (r == VWR_OK && arm())
                break;
        }
        return ToExpected(r);
    }

    vwr_mmio mmio_;
    vwr_opened opened_;
    Own own_;
};

/* A keyboard, mouse or tablet: callback(type, code, value) for each event, in complete groups. */
class VirtioInput
    : public VirtioDevice<VirtioInput, vwr_input_open_own, vwr_input_open_shared, kInputClass>
{
  public:
    template <class Callback> Expected<Done> HandleInterrupt(Callback callback)
    {
        return Handle(
            [&] {
                const int r = vwr_input_poll(&own_.input);
                vwr_input_event_msg event;

                while (vwr_input_read(&own_.input, &event))
                    callback(event.type, event.code, event.value);
                return r;
            },
            [&] { return vwr_input_arm(&own_.input); });
    }
};

/* A console with one port: callback(bytes, count) for input. */
class VirtioConsole : public VirtioDevice<VirtioConsole, vwr_console_open_own, vwr_console_open_shared,
                                          kConsoleClass>
{
  public:
    /* Returns how many bytes fitted. */
    Expected<size_t> Write(const void *bytes, size_t count)
    {
        const int n = vwr_console_write(&own_.console, 0, bytes, count);

        return n < 0 ? Expected<size_t>(n, 0) : Expected<size_t>(static_cast<size_t>(n));
    }
    template <class Callback> Expected<Done> HandleInterrupt(Callback callback)
    {
        return Handle(
            [&] {
                uint8_t bytes[VWR_CONSOLE_BYTES];
                int n = 1;

                for (unsigned i = 0; i < VWR_CONSOLE_QUEUE && n > 0; i++)
                    if ((n = vwr_console_read(&own_.console, 0, bytes, sizeof(bytes))) > 0)
                        callback(bytes, static_cast<size_t>(n));
                return n < 0 ? n : VWR_OK;
            },
            [&] { return vwr_console_arm(&own_.console, 0); });
    }
};

/* Random bytes. */
class VirtioEntropy : public VirtioDevice<VirtioEntropy, vwr_entropy_open_own, vwr_entropy_open_shared,
                                          kEntropyClass>
{
  public:
    /* Waits for all bytes, at most `us` microseconds. */
    Expected<Done> Read(void *bytes, size_t count, uint32_t us = 1000000)
    {
        return ToExpected(vwr_entropy_fill(&own_.entropy, bytes, count, us));
    }
};

/* A network card, with at most kDepth frames in flight. */
template <unsigned kDepth = 32>
class VirtioNet
    : public VirtioDevice<VirtioNet<kDepth>, vwr_net_open_own, vwr_net_open_shared, kNetClass>
{
  public:
    const uint8_t *GetMac() const
    {
        return this->own_.net.info.mac;
    }

    /* The frame belongs to the device until HandleInterrupt reports its token. */
    Expected<Done> EnqueueSend(const void *frame, size_t bytes, void *token)
    {
        for (Packet &p : packets_)
            if (!p.taken) {
                vwr_net_fill(&p.packet, frame, bytes);
                p.token = token;
                const int r = vwr_net_submit(Queue(), &p.packet);
                p.taken = r == VWR_OK;
                return ToExpected(r);
            }
        return ToExpected(VWR_EFULL);
    }

    /* Notifies the device of everything enqueued since the last Kick. Arms the interrupt first. */
    void Kick()
    {
        const bool quiet = vwr_net_arm(Queue(), 1);

        (void)quiet;
        (void)vwr_net_kick(Queue());
    }

    /*
     * Calls sent(token, code) for each completed frame, and received(bytes, count, more) for each segment of
     * a received frame, of which `more` follow: not 0 only if it is longer than a buffer.
     */
    template <class Sent, class Received> Expected<Done> HandleInterrupt(Sent sent, Received received)
    {
        return this->Handle(
            [&] {
                const int r = Reap(sent);

                return r < 0 ? r : Receive(received);
            },
            [&] {
                const bool quiet = vwr_net_arm(Queue(), 1);

                return vwr_net_receive_arm(vwr_net_get_receiveq(&this->own_.net, 0), 1) && quiet;
            });
    }

  private:
    struct Packet {
        vwr_net_packet packet; /* first: the library returns pointers to it */
        void *token;
        bool taken;
    };

    struct vwr_net_transmitq *Queue()
    {
        return vwr_net_get_transmitq(&this->own_.net, 0);
    }

    template <class Sent> int Reap(Sent &sent)
    {
        vwr_net_packet *done[kDepth];
        const int n = vwr_net_reap(Queue(), done, kDepth);

        for (int i = 0; i < n; i++) {
            Packet *const p = reinterpret_cast<Packet *>(done[i]);

            p->taken = false;
            sent(p->token, ToErrorCode(p->packet.req.result));
        }
        return n < 0 ? n : VWR_OK;
    }

    template <class Received> int Receive(Received &received)
    {
        vwr_net *const net = &this->own_.net;
        const int n = vwr_net_receive_reap(vwr_net_get_receiveq(net, 0), slices_, VWR_NET_SLICES);

        for (int i = 0; i < n; i++) {
            received(static_cast<const uint8_t *>(slices_[i].p), static_cast<size_t>(slices_[i].bytes),
                     static_cast<unsigned>(slices_[i].more));
            (void)vwr_net_receive_submit(vwr_net_get_receiveq(net, 0), &slices_[i]);
        }
        (void)vwr_net_receive_kick(vwr_net_get_receiveq(net, 0));
        return n < 0 ? n : VWR_OK;
    }

    Packet packets_[kDepth];
    vwr_slice slices_[VWR_NET_SLICES];
};

/* A screen, with at most kDepth rectangles in flight. */
template <unsigned kDepth = 4>
class VirtioGpu
    : public VirtioDevice<VirtioGpu<kDepth>, vwr_gpu_open_own, vwr_gpu_open_shared, kGpuClass>
{
  public:
    /* Shows pixels of 4 bytes (blue, green, red, unused) on the first display; blocking. */
    Expected<Done> Show(void *pixels, uint32_t width, uint32_t height)
    {
        screen_.pixels = static_cast<uint8_t *>(pixels);
        screen_.width = width;
        screen_.height = height;
        screen_.format = VWR_GPU_FORMAT_B8G8R8X8_UNORM;
        return ToExpected(vwr_gpu_show(&this->own_.gpu, &screen_));
    }

    /* Updates a rectangle that was drawn; HandleInterrupt reports the token when it is on the screen. */
    Expected<Done> EnqueueFlush(const vwr_gpu_area &area, void *token)
    {
        for (Update &u : updates_)
            if (!u.taken) {
                u.token = token;
                vwr_gpu_fill(&u.update, &screen_, &area);
                const int r = vwr_gpu_submit(vwr_gpu_get_controlq(&this->own_.gpu, 0), &u.update);
                u.taken = r == VWR_OK;
                return ToExpected(r);
            }
        return ToExpected(VWR_EFULL);
    }

    /* Notifies the device of everything enqueued since the last Kick. Arms the interrupt first. */
    void Kick()
    {
        const bool quiet = vwr_gpu_arm(vwr_gpu_get_controlq(&this->own_.gpu, 0), 1);

        (void)quiet;
        (void)vwr_gpu_kick(vwr_gpu_get_controlq(&this->own_.gpu, 0));
    }

    /* callback(token, code) for each completed rectangle. */
    template <class Callback> Expected<Done> HandleInterrupt(Callback callback)
    {
        return this->Handle(
            [&] {
                vwr_gpu_update *done[kDepth];
                const int n = vwr_gpu_reap(vwr_gpu_get_controlq(&this->own_.gpu, 0), done, kDepth);

                for (int i = 0; i < n; i++) {
                    Update *const u = reinterpret_cast<Update *>(done[i]);

                    u->taken = false;
                    callback(u->token, ToErrorCode(done[i]->result));
                }
                return n < 0 ? n : VWR_OK;
            },
            [&] { return vwr_gpu_arm(vwr_gpu_get_controlq(&this->own_.gpu, 0), 1); });
    }

  private:
    struct Update {
        vwr_gpu_update update; /* first: the library returns pointers to it */
        void *token;
        bool taken;
    };

    vwr_gpu_framebuffer screen_;
    Update updates_[kDepth];
};

} /* namespace one_call */

#endif

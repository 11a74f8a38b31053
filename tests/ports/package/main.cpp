/* SPDX-License-Identifier: MIT */
#if __has_include("vwr.h") /* the pair of ./vwr embed */
#include "vwr.h"
#else
#include "vwr/mmio.h"
#endif

#include <array>
#include <cstdio>

#if VWR_VERSION < VWR_VERSION_OF(0, 1, 0)
#error "an older Virtwright than this was written for"
#endif

enum { disk = 2 }; /* VWR_ID_BLOCK of vwr/gen/ids.h, which is not in a pair */

namespace {

/* A register block that is an array. */
class Block {
public:
    void set(unsigned offset, uint32_t value)
    {
        words_[offset / sizeof value] = value;
    }

    int probe(vwr_mmio &mmio)
    {
        return vwr_mmio_probe(&mmio, words_.data(), sizeof words_);
    }

private:
    std::array<uint32_t, VWR_MMIO_SIZE / sizeof(uint32_t)> words_{};
};

} // namespace

/* Probes one of zeroes, then one in which a disk answers. */
int main()
{
    Block block;
    vwr_mmio mmio;
    char why[200];

    if (block.probe(mmio) != VWR_EMAGIC)
        return 1;
    static_cast<void>(vwr_dev_explain(&mmio.dev, why, sizeof why));
    block.set(VWR_MMIO_MAGIC_VALUE, 0x74726976);
    block.set(VWR_MMIO_VERSION, 2);
    block.set(VWR_MMIO_DEVICE_ID, disk);
    if (block.probe(mmio) != VWR_OK || mmio.dev.type != disk)
        return 2;
    std::printf("virtwright %s, document %s, generated code %d: %s\n", VWR_VERSION_STRING, VWR_SPEC_VERSION,
                VWR_GEN_ABI, why);
    return 0;
}

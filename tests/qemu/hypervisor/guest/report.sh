# SPDX-License-Identifier: MIT
for number in 0 1 2; do
    echo "features $number $(cat /sys/bus/virtio/devices/virtio$number/features)"
done
echo "size $(cat /sys/block/vda/size) $(cat /sys/block/vda/queue/logical_block_size) $(ls /sys/block/vda/mq | wc -l)"
echo "segments $(cat /sys/block/vda/queue/max_segments) id $(cat /sys/block/vda/serial)"
dmesg -r | grep -E '^<[0-4]>' | sed 's/^/warning /'
echo reported

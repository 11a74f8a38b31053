# SPDX-License-Identifier: MIT
echo ready
read line
dd if=/dev/vda of=/dev/null bs=4k count=@one_by_one@ iflag=direct 2>/dev/null
echo one by one
read line
mkfifo /go
for i in $(seq 0 @last@); do
    (: </go
    exec dd if=/dev/vda of=/dev/null bs=4k skip=$((i * 128)) count=@at_once@ iflag=direct 2>/dev/null) &
done
sleep 1
exec 9<>/go
wait
echo at once
read line

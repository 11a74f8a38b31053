// SPDX-License-Identifier: MIT
"use strict";
// The course: lessons, each with a scene, what its ends do, and stops in the journal. A stop is the first entry behind
// the stop before it that its words name, as places.named does, and a sentence about what the page shows there.

const DISK = { scene: "blk", bus: 0, size: 8, slow: 0, indirect: false, event: false, packed: false, inOrder: false, without: [] };
const SLOWLY = 200000; // microseconds, so that the driver sleeps meanwhile
const OPEN = ["open", 0], READ = ["do", 0, "read", { sector: 2, count: 1 }], WRITE = ["do", 0, "write", { sector: 2, data: "Hello, disk" }];

const COURSE = [
  {
    id: "read", title: "Read", script: [OPEN, WRITE, READ], stops: [
      ["you call read", "You ask the driver for sector 2 of the disk, where “Hello, disk” was written before."],
      ["driver store buffer", "The driver stores the type of the request, 0 for a read, in memory that it shares with the device."],
      ["driver store buffer", "The driver stores the number of the sector behind it."],
      ["driver store desc.addr", "A descriptor is a row of the table under Queues and says where a piece of memory is: row 1 gets the address of the driver's buffer."],
      ["driver store desc.flags", "The flag WRITE lets the device store into this buffer, and NEXT says that the request goes on in another descriptor."],
      ["driver store avail.ring", "The available ring tells the device where requests begin: the driver enters descriptor 0."],
      ["driver store avail.idx", "The driver counts the available index up to 2, and the coloured descriptors belong to the device from now on."],
      ["driver write QueueNotify", "The driver writes the number of the queue to a register, so that the device looks at the queue."],
      ["device load avail.ring", "The device finds descriptor 0 in the available ring."],
      ["device load desc.addr", "The device takes the address of each part of the request from the descriptors."],
      ["device store buffer", "The device stores the sector in the driver's buffer: Memory shows “Hello, disk” there."],
      ["device store buffer", "The device stores the status 0, which means OK, as the last byte of the request."],
      ["device store used.id", "The used ring tells the driver which requests are done: the device enters descriptor 0."],
      ["device store used.len", "The device says that it has stored 513 bytes: the sector and the status."],
      ["device store used.idx", "The device counts the used index up to 2, and the descriptors belong to the driver again."],
      ["driver load used.idx", "The driver sees that the used index has changed."],
      ["you return read", "The call returns: Message shows the whole request, with the sector that the device has stored."],
    ],
  },
  {
    id: "write", title: "Write", script: [OPEN, WRITE], stops: [
      ["you call write", "You give the driver “Hello, disk” for sector 2."],
      ["driver store buffer", "The type of the request is 1, a write."],
      ["driver store desc.flags", "Descriptor 1 does not have the flag WRITE: the device may only load the data."],
      ["driver store avail.ring", "The driver enters the request in the available ring, but the device does not look there yet."],
      ["driver barrier release", "A processor may make stores visible in another order than that of the program; this barrier keeps the next store behind all earlier ones."],
      ["driver store avail.idx", "The driver stores the available index behind the barrier: a device that sees it also sees the descriptors and the entry."],
      ["driver barrier mb", "A stronger barrier keeps the next load behind this store."],
      ["driver load used.flags", "The driver loads 0 from the flags of the used ring: the device wants to be notified."],
      ["driver write QueueNotify", "The driver notifies the device: QueueNotify is the only register that this request needs."],
      ["device load avail.idx", "The device sees the available index 1."],
      ["device barrier rmb", "The device has a barrier, too: it loads nothing of the request before the index."],
      ["device store surface", "The device copies the data to its medium, which the page shows under Medium."],
      ["device store used.len", "The length in the used ring is 1: the device has stored one byte in shared memory, the status."],
      ["device store used.idx", "The used index gives the request back to the driver."],
      ["you return write", "The call returns: Message shows the whole request, with the status OK."],
    ],
  },
  {
    id: "interrupt", title: "Interrupt", options: { slow: SLOWLY }, script: [OPEN, WRITE], stops: [
      ["driver write QueueNotify", "The driver notifies the device, which takes its time in this scene."],
      ["driver load used.idx", "The driver loads the used index again and again, and it stays 0."],
      ["driver store avail.flags", "The driver stores 0 in the flags of the available ring: it wants an interrupt, and sleeps."],
      ["device store used.idx", "The device has done the request, and counts the used index up."],
      ["device load avail.flags", "The device loads the driver's flags, which ask for an interrupt."],
      ["device interrupt", "The device interrupts the driver: Counters has a row for interrupts now."],
      ["driver read InterruptStatus", "The driver's interrupt handler reads why: the device has used a buffer."],
      ["driver write InterruptACK", "The handler acknowledges the interrupt, so that the device stops asserting it."],
      ["driver store avail.flags", "The driver stores 1 in its flags: it does not want any more interrupts."],
      ["driver load used.idx", "The used index is 1, so the request is done."],
    ],
  },
  {
    id: "event-index", title: "Event index", options: { event: true, slow: SLOWLY }, script: [OPEN, WRITE, READ], stops: [
      ["driver store avail.idx", "With the feature EVENT_IDX, each end says at which entry it wants to hear from the other: Queues has used_event and avail_event."],
      ["driver load used.avail_event", "The device asks in avail_event for a notification of entry 0."],
      ["driver write QueueNotify", "The driver has just made entry 0 available, so it notifies the device."],
      ["driver store avail.used_event", "The driver asks in used_event for an interrupt when entry 0 of the used ring is there."],
      ["device store used.avail_event", "The device asks for the next notification: that of entry 1."],
      ["device store used.idx", "The device makes entry 0 of the used ring visible."],
      ["device load avail.used_event", "The device loads used_event, and it is the entry that was just used."],
      ["device interrupt", "So the device interrupts the driver."],
      ["driver store avail.used_event", "The driver stores 0xffff, which is 65535, an entry that is far ahead: it does not want an interrupt now."],
      ["driver load used.avail_event", "The next request is entry 1, of which the device wants a notification again."],
    ],
  },
  {
    id: "tables", title: "Tables", options: { indirect: true }, script: [OPEN, WRITE], stops: [
      ["driver store table.addr", "With the feature INDIRECT_DESC, a descriptor of the ring can point to a table: the driver fills row 1 of the table of descriptor 0."],
      ["driver store avail.idx", "The request takes one descriptor of the ring; rows 0.0 to 0.2 are its table."],
      ["device load desc.flags", "The device finds the flag INDIRECT in descriptor 0."],
      ["device load table.addr", "The device goes on in the table, whose rows have the form of descriptors."],
      ["device load buffer", "The device loads the request from the memory to which the first row points."],
      ["device store used.id", "One used entry gives the descriptor back with its whole table."],
    ],
  },
  {
    id: "packed", title: "Packed ring", options: { packed: true }, script: [OPEN, WRITE, READ], stops: [
      ["driver store desc.addr", "A packed ring has neither an available nor a used ring: both ends write the descriptors."],
      ["driver store desc.len", "The flag AVAIL marks descriptor 1 as available, but the device still waits at descriptor 0."],
      ["driver store desc.len", "The flag AVAIL also marks descriptor 2, the last one of the request."],
      ["driver store desc.len", "The driver stores descriptor 0 without AVAIL, because the rest must be visible first."],
      ["driver barrier release", "A barrier keeps the next store behind all of these."],
      ["driver store desc.flags", "The driver sets AVAIL in descriptor 0, and the whole request is available at once."],
      ["device load desc.flags", "The device finds AVAIL where it has waited, in descriptor 0."],
      ["device store desc.id", "The device overwrites descriptor 0 with its answer: first the id of the request."],
      ["device store desc.len", "The device stores how many bytes it has stored in the buffers of the request."],
      ["device store desc.flags", "The flag USED gives the request back to the driver."],
      ["driver load desc.flags", "The driver looks at descriptor 0, where its request began: AVAIL and USED have the same value, so it is done."],
      ["you call read", "Now you ask for a second request, a read."],
      ["driver store desc.flags", "The second request begins behind the first one, at descriptor 3."],
    ],
  },
  {
    id: "reset", title: "Reset", script: [OPEN, WRITE, ["needs reset", 0], READ, ["recover", 0], READ], stops: [
      ["device interrupt", "The device has failed, and interrupts the driver: Counters has a row for it."],
      ["you call read", "You ask for a sector before the driver knows."],
      ["driver read InterruptStatus", "The interrupt handler reads config_change: the driver has to look at the device's status."],
      ["driver read Status", "The status has the bit DEVICE_NEEDS_RESET, so that no request will be done."],
      ["driver write Status", "The driver sets FAILED: it has given up this device until a reset."],
      ["you return read", "The call returns an error."],
      ["you call recover", "You let the driver recover."],
      ["driver write Status=0", "The driver writes 0 to Status, which resets the device: it forgets its queues."],
      ["driver read Status=0", "The driver reads 0, so the reset is complete."],
      ["driver write DriverFeatures", "The driver starts from the beginning: it negotiates the features."],
      ["driver write QueueReady", "The driver has told the device where the new rings are, and makes the queue ready."],
      ["driver write Status", "The driver sets DRIVER_OK, and the device may work again."],
      ["you return read", "The same call succeeds now: Message shows the sector."],
    ],
  },
  {
    id: "no-notification", title: "Break: no notification", faults: ["no-kick"], script: [OPEN, WRITE, ["idle", 0]], stops: [
      ["driver store avail.idx", "The driver makes a request available, as always."],
      ["driver load used.flags", "The device wants a notification: its flags are 0."],
      ["driver write QueueNotify", "A switch drops the notification on the way, as if the driver had forgotten it."],
      ["driver load used.idx", "The driver waits for the used index, but the device does not know of any work."],
      ["driver store avail.flags", "The driver asks for an interrupt, which does not come either."],
      ["driver write Status", "The driver gives up and sets FAILED."],
      ["you return write", "The call returns ETIMEOUT, which says nothing about the reason."],
      ["monitor KICK_MISSING", "The monitor names the rule that the driver broke, and the clause of the specification."],
    ],
  },
  {
    id: "index-first", title: "Break: index first", faults: ["index-first"], script: [OPEN, WRITE, READ], stops: [
      ["you call write", "You give the driver “Hello, disk” to write."],
      ["driver store avail.ring", "The driver enters descriptor 0 in the available ring."],
      ["switch store avail.ring", "A switch holds this store back, as a processor may do if the barrier is missing: entry 0 still has the old value 3."],
      ["driver store avail.idx", "The available index is visible before the entry."],
      ["monitor BUFFER_MEMORY", "The monitor follows the index to a request that nobody made, with an address that is not memory."],
      ["device load avail.ring", "The device loads 3 from the entry: that is not where the request begins."],
      ["device broken", "The device finds nonsense in descriptor 3 and does not go on."],
      ["switch store avail.ring", "The entry arrives, too late."],
      ["monitor AVAIL_BEFORE_ENTRY", "The monitor sees the entry change behind the index, and names the rule."],
    ],
  },
  {
    id: "false-id", title: "Break: false answer", faults: ["used-id"], script: [OPEN, WRITE], stops: [
      ["device store used.id", "The device enters in the used ring that the request of descriptor 0 is done."],
      ["switch store used.id", "A switch changes the entry to 1, as a faulty or hostile device may do."],
      ["device store used.idx", "The used index makes the false entry visible."],
      ["monitor USED_ID", "The monitor reports that no request begins at descriptor 1."],
      ["driver load used.id", "The driver loads the false entry, and checks it before it uses it."],
      ["driver write Status", "The driver knows of no such request: it sets FAILED and touches the ring no more."],
      ["you return write", "The call returns EBADRING, and no memory was harmed."],
    ],
  },
];

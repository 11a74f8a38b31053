-- SPDX-License-Identifier: MIT
-- Buffers of virtqueues in Wireshark: what the driver and the device wrote. `./vwr wireshark` writes this program with
-- its tables. It runs in Lua 5.2 and later, so it has no operators for bits. Everything in a packet is untrusted:
-- each function checks that bytes are there before it reads them.

local TABLES = nil

local MOST_ELEMENTS = 256 -- of an array that are shown

local virtio = Proto("virtio", "VIRTIO buffer")
local fields, byname = {}, {}

local function add_field(abbr, name, kind, base, brief, values)
    local field = ProtoField.new(name, abbr, ftypes[kind], values, base, nil, brief)
    fields[#fields + 1] = field
    byname[abbr] = field
    return field
end

local DEVICES = {}
for id, device in pairs(TABLES.devices) do
    DEVICES[id] = device.name
end

local DEC, HEX, NONE = base.DEC, base.HEX, base.NONE
local head = {
    version = add_field("virtio.version", "version", "UINT16", DEC, "Version of the packet's layout."),
    flags = add_field("virtio.flags", "flags", "UINT16", HEX, "1: numbers of the guest are big-endian."),
    device = add_field("virtio.device", "device", "UINT16", DEC, "Device type.", DEVICES),
    queue = add_field("virtio.queue", "queue", "UINT16", DEC, "Index of the queue."),
    features = add_field("virtio.features", "features", "BYTES", NONE, "Negotiated features."),
    used = add_field("virtio.used", "used", "UINT32", DEC, "Used length that the device reported."),
    config_bytes = add_field("virtio.config_bytes", "config_bytes", "UINT16", DEC, "Recorded configuration."),
    segments = add_field("virtio.segments", "segments", "UINT16", DEC, "Descriptors of the buffer."),
}
local f = {
    feature = add_field("virtio.feature", "feature", "STRING", NONE, "A negotiated feature."),
    class = add_field("virtio.class", "class", "STRING", NONE, "Device type, by its name."),
    queue = add_field("virtio.queue.name", "queue name", "STRING", NONE, "Queue, by its name."),
    message = add_field("virtio.message", "message", "STRING", NONE, "Message, by its name."),
    config = add_field("virtio.config", "configuration", "NONE", NONE, "Configuration of the device."),
    segment = add_field("virtio.segment", "segment", "NONE", NONE, "A descriptor."),
    length = add_field("virtio.segment.length", "length", "UINT32", DEC, "Length of the descriptor."),
    kept = add_field("virtio.segment.kept", "kept", "UINT32", DEC, "Bytes of it that were recorded."),
    write = add_field("virtio.segment.flags", "flags", "UINT32", HEX, "1: the device writes it."),
    out = add_field("virtio.out", "driver wrote", "UINT64", DEC, "What the driver wrote, in bytes."),
    back = add_field("virtio.back", "device wrote", "UINT64", DEC, "What the device wrote, in bytes."),
    recorded = add_field("virtio.recorded", "recorded", "BYTES", NONE, "Bytes that were recorded."),
    missing = add_field("virtio.missing", "missing", "UINT64", DEC, "Bytes that were not recorded."),
    rest = add_field("virtio.rest", "rest", "BYTES", NONE, "The part of a struct that was not recorded."),
    data = add_field("virtio.data", "data", "BYTES", NONE, "Bytes that belong to no message."),
}
local BASES = { HEX = HEX }
for _, row in ipairs(TABLES.fields) do
    local base_of = BASES[row.base] or (row.kind:sub(1, 4) == "UINT" and DEC) or NONE
    add_field(row.abbr, row.name, row.kind, base_of, row.brief)
end
virtio.fields = fields

local malformed = ProtoExpert.new("virtio.malformed", "Malformed", expert.group.MALFORMED, expert.severity.ERROR)
local unknown = ProtoExpert.new("virtio.unknown", "Unknown", expert.group.UNDECODED, expert.severity.WARN)
local failed = ProtoExpert.new("virtio.failed", "Failed", expert.group.RESPONSE_CODE, expert.severity.NOTE)
virtio.experts = { malformed, unknown, failed }

-- Numbers. ------------------------------------------------------------------------------------------------------------

local function bits_of(number, shift, width)
    return math.floor(number / 2 ^ shift) % 2 ^ width
end

-- The number without the bits of others.
local function without(number, others)
    local bit = 1
    while bit <= others do
        if others / bit % 2 >= 1 and number / bit % 2 >= 1 then
            number = number - bit
        end
        bit = bit * 2
    end
    return number
end

local function shown(number)
    return string.format("%.0f", number)
end

-- The high and the low word of a number of these bytes.
local function words(range, big)
    if range:len() < 8 then
        return 0, big and range:uint() or range:le_uint()
    end
    local first, second = range:range(0, 4), range:range(4, 4)
    if big then
        return first:uint(), second:uint()
    end
    return second:le_uint(), first:le_uint()
end

local function number_of(range, big)
    local high, low = words(range, big)
    return high == 0 and low or high * 2 ^ 32 + low
end

-- Bytes of a side: chunks that are known, each at a position of the packet, and chunks that are not. ------------------

local function add_chunk(data, position, size)
    local last = data[#data]
    if size <= 0 then
        return
    end
    data.size = data.size + size
    if last and (last.position == nil) == (position == nil) then
        last.size = last.size + size -- what is known of a side is contiguous in the packet
    else
        data[#data + 1] = { position = position, size = size }
    end
end

local function cut(data, at, count)
    local made, finish = { size = 0, begin = data.begin }, at + count
    for _, chunk in ipairs(data) do
        local first, last = math.max(at, 0), math.min(finish, chunk.size)
        if first < last then
            add_chunk(made, chunk.position and chunk.position + first, last - first)
        end
        at, finish = at - chunk.size, finish - chunk.size
    end
    made.begin = made[1] and made[1].position or made.begin
    return made
end

local function known(data)
    return #data == 0 or #data == 1 and data[1].position ~= nil
end

-- A buffer while it is read. ------------------------------------------------------------------------------------------

local Buffer = {}
Buffer.__index = Buffer

-- The known bytes at the begin of data.
function Buffer:range(data)
    local first = data[1]
    if first and first.position then
        return self.tvb(first.position, first.size)
    end
    return self.tvb(data.begin, 0)
end

function Buffer:is_open(names)
    if not names or #names == 0 then
        return true
    end
    for _, name in ipairs(names) do
        if self.features[name] then
            return true
        end
    end
    return false
end

-- Whether a number of this type is big-endian here.
function Buffer:is_big(kind, order)
    if kind:sub(1, 2) == "be" then
        return true
    end
    return self.big_endian and (kind:sub(1, 1) == "u" or order == "guest" and not self.features.VERSION_1)
end

function Buffer:struct_order()
    return self.device.guest_order and "guest" or "little"
end

-- A number of the configuration, or nil.
function Buffer:config_number(name)
    local config = self.device.structs.config
    for _, field in ipairs(config and config.fields or {}) do
        if field.name == name and TABLES.numbers[field.type] and field.offset + field.size <= self.config:len() then
            local range = self.config:range(field.offset, field.size)
            return number_of(range, self:is_big(field.type, self.device.config_order))
        end
    end
    return nil
end

-- Queues. -------------------------------------------------------------------------------------------------------------

function Buffer:queue_count(queue)
    if queue.field and self:is_open(queue.field_gate) then
        return (self:config_number(queue.field) or 0) - (queue.less or 0)
    end
    return queue.count or 1
end

function Buffer:queue_first(queue)
    if queue.behind then
        for _, other in ipairs(self.device.queues) do
            if other.name == queue.behind then
                return self:queue_first(other) + (self:queue_count(other) - 1) * (other.stride or 1) + 1
            end
        end
    end
    local index = queue.index or 0
    for _, names in ipairs(queue.moves or {}) do
        index = index - (self:is_open(names) and 0 or 1)
    end
    return index
end

function Buffer:queue_name(index)
    for _, queue in ipairs(self.device.queues) do
        local at, stride = index - self:queue_first(queue), queue.stride or 1
        if self:is_open(queue.gate) and at >= 0 and at % stride == 0 and at / stride < self:queue_count(queue) then
            return queue.name
        end
    end
    return nil
end

-- Messages. -----------------------------------------------------------------------------------------------------------

function Buffer:selected(message, exchange, sides)
    if not (self:is_open(message.gate) and self:is_open(message.also)) then
        return false
    end
    if message.unless and #message.unless > 0 and self:is_open(message.unless) then
        return false
    end
    local places = message.select or exchange.select or {}
    for index, value in ipairs(message.values or {}) do
        local place = places[index]
        if not place then
            return true
        end
        local size = TABLES.numbers[place.type]
        local data = place.offset and cut(sides[place.side], place.offset, size)
        if not data or data.size < size or not known(data) then
            return false
        end
        local number = number_of(self:range(data), self:is_big(place.type, self:struct_order()))
        if bits_of(without(number, place.flags or 0), place.shift, place.width) ~= value then
            return false
        end
    end
    return true
end

function Buffer:message(queue, sides)
    for _, exchange in ipairs(self.device.messages) do
        local driver = exchange.sender == "driver"
        local empty = driver and sides.R.size == 0 and sides.W.size > 0 and #exchange.rows > 1
        if exchange.queue == queue and not empty then
            local seen = { R = sides.R, W = driver and sides.W or cut(sides.W, 0, self.used) }
            for _, message in ipairs(exchange.rows) do
                if self:selected(message, exchange, seen) then
                    return exchange, message, seen
                end
            end
        end
    end
    return nil
end

-- A number, what stands at a reference, or nil.
function Buffer:amount(said, values)
    if type(said) ~= "table" then
        return said
    end
    if not said.part then
        return self:config_number(said.path)
    end
    local found = values[said.side][said.part]
    for name in (said.path or ""):gmatch("[^.]+") do
        found = type(found) == "table" and found[name] or nil
    end
    return type(found) == "number" and found + (said.plus or 0) or nil
end

function Buffer:size_of(part)
    local struct = part.struct and self.device.structs[part.struct]
    for _, row in ipairs(struct and struct.sizes or {}) do
        local all = true
        for _, any in ipairs(row[2]) do
            all = all and self:is_open(any)
        end
        if all then
            return row[1]
        end
    end
    return part.size
end

local function is_typed(part)
    return part.struct ~= nil or part.type ~= nil
end

-- Bytes of a part; nil if it is not there. What has no length is what the parts behind leave.
function Buffer:length_of(parts, index, values, side, left)
    local part = parts[index]
    if not self:is_open(part.gate) or part.with and values[side][part.with] == nil then
        return nil
    end
    local rest = left
    if left > 0 then
        for later = index + 1, #parts do
            rest = rest - (self:length_of(parts, later, values, side, 0) or 0)
        end
    end
    if part.optional and rest == 0 then
        return nil
    end
    local amount = self:amount(is_typed(part) and part.count or not is_typed(part) and part.bytes or nil, values)
    if amount == nil then
        return math.max(rest, 0)
    end
    if is_typed(part) then
        local stride = self:amount(part.stride, values)
        return amount * ((stride and stride > 0) and stride or self:size_of(part))
    end
    return amount
end

-- Values in the tree. -------------------------------------------------------------------------------------------------

-- Bytes, and how many of them were not recorded.
function Buffer:add_data(tree, field, data)
    local item = tree:add(field, self:range(data))
    if known(data) then
        item:append_text(string.format(" (%s bytes)", shown(data.size)))
        return item
    end
    item:append_text(string.format(" (%s bytes, not all recorded)", shown(data.size)))
    for _, chunk in ipairs(data) do
        if chunk.position then
            item:add(f.recorded, self.tvb(chunk.position, chunk.size))
        else
            item:add(f.missing, UInt64.new(chunk.size % 2 ^ 32, math.floor(chunk.size / 2 ^ 32))):set_generated()
        end
    end
    return item
end

-- Names of a number: of its value, of its flags, of its bits, of its unit.
local function name_number(item, field, high, low)
    local number, said = high * 2 ^ 32 + low, {}
    local rest = number
    for _, flag in ipairs(field.flags or {}) do
        local is_set = #flag[2] > 0
        for _, bit in ipairs(flag[2]) do
            local word = bit < 32 and low or high
            is_set = is_set and bits_of(word, bit % 32, 1) == 1
        end
        if is_set then
            said[#said + 1] = flag[1]
            for _, bit in ipairs(flag[2]) do
                rest = rest - (bits_of(rest, bit, 1) == 1 and 2 ^ bit or 0)
            end
        end
    end
    if field.values and field.values[rest] then
        table.insert(said, 1, field.values[rest])
    end
    for _, bits in ipairs(field.bits or {}) do
        said[#said + 1] = bits[1] .. "=" .. shown(bits_of(number, bits[2], bits[3]))
    end
    if #said > 0 then
        item:append_text(" (" .. table.concat(said, ", ") .. ")")
    end
    if field.unit then
        item:append_text(" " .. field.unit)
    end
end

-- A number in the tree; its value.
function Buffer:add_number(tree, row, kind, range, order)
    local big = self:is_big(kind, order)
    local field = byname[row.abbr]
    local item = big and tree:add(field, range) or tree:add_le(field, range)
    local high, low = words(range, big)
    name_number(item, row, high, low)
    return high == 0 and low or high * 2 ^ 32 + low
end

local function is_zero(range)
    return range:bytes():tohex():find("[^0]") == nil
end

-- One element of a field.
function Buffer:add_element(tree, field, range, order)
    if TABLES.numbers[field.type] then
        return self:add_number(tree, field, field.type, range, order)
    end
    local item = tree:add(byname[field.abbr], range)
    if field.type == "struct" then
        return self:add_fields(item, field.members, field.offset, range, order)
    end
    return self:add_fields(item, self.device.structs[field.type].fields, 0, range, order)
end

-- A union is bytes, and the member that a field before it selects.
function Buffer:add_raw(tree, field, range, values, order)
    local item = tree:add(byname[field.abbr], range)
    for _, member in ipairs(field.members or {}) do
        for _, number in ipairs(member.is) do
            local size = member.offset - field.offset + member.size
            if values[member.by] == number and size <= range:len() then
                self:add_field(item, member, range:range(member.offset - field.offset, member.size), {}, order)
            end
        end
    end
end

function Buffer:add_field(tree, field, range, values, order)
    if field.raw then
        self:add_raw(tree, field, range, values, order)
        return true
    end
    if not field.list then
        return self:add_element(tree, field, range, order)
    end
    local item = tree:add(byname[field.list], range, field.count):append_text(" elements")
    local size = field.size / field.count
    for at = 0, math.min(field.count, MOST_ELEMENTS) - 1 do
        self:add_element(item, field, range:range(at * size, size), order)
    end
    return true
end

-- The fields that lie in these bytes of a struct; reserved ones only if they are not 0.
function Buffer:add_fields(tree, list, begin, range, order)
    local values, size = {}, range:len()
    for _, field in ipairs(list) do
        local at = field.offset - begin
        if at >= 0 and at + field.size <= size and field.size > 0 then
            local bytes = range:range(at, field.size)
            if not field.reserved or not is_zero(bytes) then
                values[field.name] = self:add_field(tree, field, bytes, values, order)
            end
        end
    end
    return values
end

-- A struct of a message. Of one that was not recorded to its end it shows the fields that were, and the rest.
function Buffer:add_struct(tree, part, data)
    local list, begin, size = self.device.structs[part.struct].fields, part.begin or 0, data.size
    local item = tree:add(byname[part.abbr], self:range(data))
    if not known(data) then
        local first = data[1].position and data[1].size or 0
        size = 0
        for _, field in ipairs(list) do
            local finish = field.offset - begin + field.size
            if field.offset >= begin and finish <= first and finish > size then
                size = finish
            end
        end
    end
    local values = {}
    if size > 0 then
        values = self:add_fields(item, list, begin, self:range(cut(data, 0, size)), self:struct_order())
    end
    if size < data.size then
        self:add_data(item, f.rest, cut(data, size, data.size - size))
    end
    return values
end

function Buffer:add_one(tree, part, data)
    if part.struct then
        return self:add_struct(tree, part, data)
    end
    if known(data) and data.size == TABLES.numbers[part.type] then
        return self:add_number(tree, part, part.type, self:range(data), self:struct_order())
    end
    self:add_data(tree, byname[part.raw], data)
    return true
end

function Buffer:add_part(tree, part, data, values)
    if not is_typed(part) then
        self:add_data(tree, byname[part.abbr], data)
        return true
    end
    local size, stride = self:size_of(part), self:amount(part.stride, values)
    if not stride or stride <= 0 then
        stride = size
    end
    if part.count == 1 then
        return self:add_one(tree, part, cut(data, 0, size))
    end
    local count = math.ceil(data.size / stride)
    local item = tree:add(byname[part.list], self:range(data), math.min(count, 2 ^ 32 - 1)):append_text(" elements")
    for at = 0, math.min(count, MOST_ELEMENTS) - 1 do
        self:add_one(item, part, cut(data, at * stride, size))
    end
    return true
end

-- What one side wrote. Bytes that are no part of the message are data, and an error.
function Buffer:add_side(tree, side, message, exchange, sides, values)
    local parts, data, at = message[side == "R" and "out" or "back"], sides[side], 0
    for index, part in ipairs(parts) do
        local left = data.size - at
        local length = self:length_of(parts, index, values, side, left)
        if length and (length < 0 or length > left) then
            local text = string.format("%s has %s bytes, %s are left", part.name, shown(length), shown(left))
            tree:add_proto_expert_info(malformed, text)
            break
        elseif length then
            values[side][part.name] = self:add_part(tree, part, cut(data, at, length), values)
            at = at + length
        end
    end
    local filled = exchange.multiple_of or 1
    if data.size ~= at and data.size ~= math.ceil(at / filled) * filled then
        self:add_data(tree, f.data, cut(data, at, data.size - at))
        tree:add_proto_expert_info(malformed, shown(data.size - at) .. " bytes more than the message has")
    end
end

-- A status that does not mean success.
function Buffer:check_status(tree, message, values)
    local place = message.status
    local number = place and self:amount({ side = place.side, part = place.part, path = place.path }, values)
    if not number then
        return
    end
    number = bits_of(without(number, place.flags or 0), place.shift, place.width)
    for _, ok in ipairs(message.ok) do
        if number == ok then
            return
        end
    end
    tree:add_proto_expert_info(failed, "The device reports status " .. shown(number))
end

function Buffer:add_sides(tree, exchange, message, sides)
    local values = { R = {}, W = {} }
    for _, row in ipairs({ { "R", f.out }, { "W", f.back } }) do
        local side = sides[row[1]]
        local size = UInt64.new(side.size % 2 ^ 32, math.floor(side.size / 2 ^ 32))
        local item = tree:add(row[2], self.tvb(side.begin, side.kept), size)
        item:append_text(" bytes")
        if message then
            self:add_side(item, row[1], message, exchange, sides, values)
        elseif side.size > 0 then
            self:add_data(item, f.data, side)
        end
    end
    if message then
        self:check_status(tree, message, values)
    end
end

-- The packet. ---------------------------------------------------------------------------------------------------------

local function size_of_layout(layout)
    local size = 0
    for _, row in ipairs(layout) do
        size = size + row[2]
    end
    return size
end

local HEAD, SEGMENT = size_of_layout(TABLES.buffer), size_of_layout(TABLES.segment)

-- Ranges of a layout by name, from a position on.
local function ranges(tvb, layout, at)
    local found = {}
    for _, row in ipairs(layout) do
        found[row[1]] = tvb(at, row[2])
        at = at + row[2]
    end
    return found
end

local function is_set(number, flag)
    return bits_of(number / flag, 0, 1) == 1
end

-- Names of the features, and an item for each.
local function add_features(tree, range, device)
    local item, found = tree:add(head.features, range), {}
    for _, list in ipairs({ TABLES.reserved, device and device.features or {} }) do
        for _, row in ipairs(list) do
            local byte = math.floor(row[1] / 8)
            if byte < range:len() and bits_of(range:range(byte, 1):uint(), row[1] % 8, 1) == 1 then
                found[row[2]] = true
                item:add(f.feature, range:range(byte, 1), row[2])
            end
        end
    end
    return found
end

-- The sides of a buffer, from its segments; nil and why, if the packet has not all of them.
local function add_segments(tree, tvb, at, count)
    local data = at + count * SEGMENT
    local sides = { R = { size = 0, kept = 0, begin = data }, W = { size = 0, kept = 0, begin = data } }
    if data > tvb:len() then
        return nil, "the segments are behind the end of the packet"
    end
    for index = 0, count - 1 do
        local place = ranges(tvb, TABLES.segment, at + index * SEGMENT)
        local length, kept = place.length:le_uint(), place.kept:le_uint()
        local side = is_set(place.flags:le_uint(), TABLES.write) and "W" or "R"
        local item = tree:add(f.segment, tvb(at + index * SEGMENT, SEGMENT))
        item:add_le(f.length, place.length)
        item:add_le(f.kept, place.kept)
        item:add_le(f.write, place.flags):append_text(side == "W" and " (WRITE)" or "")
        if kept > length or data + kept > tvb:len() then
            return nil, "a segment has more bytes than the packet"
        end
        if side == "R" and sides.W.size > 0 then
            return nil, "a segment that the driver writes is behind those that the device writes"
        end
        if sides[side].size == 0 then
            sides[side].begin = data
        end
        add_chunk(sides[side], data, kept)
        add_chunk(sides[side], nil, length - kept)
        sides[side].kept = sides[side].kept + kept
        data = data + kept
    end
    return sides
end

local function add_buffer(tree, tvb, pinfo)
    if tvb:len() < HEAD then
        tree:add_proto_expert_info(malformed, "the packet is shorter than its head")
        return
    end
    local place = ranges(tvb, TABLES.buffer, 0)
    local device = TABLES.devices[place.device:le_uint()]
    for _, row in ipairs(TABLES.buffer) do
        if row[1] ~= "features" then
            tree:add_le(head[row[1]], place[row[1]])
        end
    end
    if place.version:le_uint() ~= TABLES.version then
        tree:add_proto_expert_info(malformed, "this version is unknown")
        return
    end
    local features, bytes = add_features(tree, place.features, device), place.config_bytes:le_uint()
    if HEAD + bytes > tvb:len() then
        tree:add_proto_expert_info(malformed, "the configuration is behind the end of the packet")
        return
    end
    local sides, why = add_segments(tree, tvb, HEAD + bytes, place.segments:le_uint())
    if not sides then
        tree:add_proto_expert_info(malformed, why)
        return
    end
    local buffer = setmetatable({
        tvb = tvb,
        device = device or { messages = {}, queues = {}, structs = {} },
        features = features,
        config = tvb(HEAD, bytes),
        used = place.used:le_uint(),
        big_endian = is_set(place.flags:le_uint(), TABLES.big_endian),
    }, Buffer)
    buffer:add_to(tree, place, sides, pinfo)
end

function Buffer:add_to(tree, place, sides, pinfo)
    local config, index = self.device.structs.config, place.queue:le_uint()
    local name = self:queue_name(index)
    local exchange, message, seen = self:message(name, sides)
    if config and self.config:len() > 0 then
        self:add_fields(tree:add(f.config, self.config), config.fields, 0, self.config, self.device.config_order)
    end
    tree:add(f.class, place.device, self.device.name or "unknown"):set_generated()
    tree:add(f.queue, place.queue, name or "unknown"):set_generated()
    if message then
        tree:add(f.message, message.name):set_generated()
        if seen.W ~= sides.W then
            seen.W.kept = math.min(sides.W.kept, seen.W.size)
        end
    else
        local what = not self.device.name and "device type" or not name and "queue" or "message"
        tree:add_proto_expert_info(unknown, "the description has no such " .. what)
    end
    self:add_sides(tree, exchange, message, seen or sides)
    local said = string.format("%s %s %s", self.device.name or "device " .. place.device:le_uint(),
        name or "queue " .. index, message and message.name or "?")
    tree:append_text(": " .. said)
    pinfo.cols.info = said
end

function virtio.dissector(tvb, pinfo, tree)
    pinfo.cols.protocol = "VIRTIO"
    pinfo.cols.info = "malformed"
    -- Of a packet that was cut when it was captured, the bytes that are there.
    local here = tvb:captured_len()
    if here == 0 then
        return
    end
    local item = tree:add(virtio, tvb(0, here))
    add_buffer(item, tvb(0, here):tvb(), pinfo)
end

DissectorTable.get("wtap_encap"):add(wtap.USER0, virtio)

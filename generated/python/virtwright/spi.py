# SPDX-License-Identifier: MIT
# Generated from spec/device/spi.yaml by ./vwr generate: do not edit.
"""VIRTIO 1.4; SPI Controller Device. A controller of an SPI bus."""

from . import Field, Group, Queue, Rule, Spec, Struct, Value

_GROUPS = (
    Group("queues", "queues", "SPI Controller Device", (
        Value("requestq", 0, "VWR_SPI_QUEUE_REQUESTQ", "", since="1.4", brief="Transfers, each a struct transfer_req."),
    )),
    Group("nbits", "enums", "SPI Controller Device / Device Operation / Device Operation: Request Queue", (
        Value("SINGLE", 1, "VWR_SPI_NBITS_SINGLE", "SINGLE", since="1.4", brief="One bit at a time; 0 means the same."),
        Value("DUAL", 2, "VWR_SPI_NBITS_DUAL", "DUAL", since="1.4", brief="Two."),
        Value("QUAD", 4, "VWR_SPI_NBITS_QUAD", "QUAD", since="1.4", brief="Four."),
        Value("OCTAL", 8, "VWR_SPI_NBITS_OCTAL", "OCTAL", since="1.4", brief="Eight."),
    ), scoped=True),
    Group("result", "enums", "SPI Controller Device / Device Operation / Device Operation: Request Queue", (
        Value("TRANS_OK", 0, "VWR_SPI_TRANS_OK", "VIRTIO_SPI_TRANS_OK", since="1.4", brief="It went well."),
        Value("PARAM_ERR", 1, "VWR_SPI_PARAM_ERR", "VIRTIO_SPI_PARAM_ERR", since="1.4",
              brief="A parameter is wrong or not supported."),
        Value("TRANS_ERR", 2, "VWR_SPI_TRANS_ERR", "VIRTIO_SPI_TRANS_ERR", since="1.4", brief="The transfer failed."),
    )),
)

_STRUCTS = (
    Struct("transfer_head", "virtio_spi_transfer_head", "vwr_spi_transfer_head", 32, True, False, "1.4", "",
           "SPI Controller Device / Device Operation / Device Operation: Request Queue", (
        Field("chip_select_id", 0, "u8", size=1, since="1.4", brief="Number of the chipselect."),
        Field("bits_per_word", 1, "u8", size=1, since="1.4", brief="Bits in a word."),
        Field("cs_change", 2, "u8", size=1, since="1.4",
              brief="1 to let chipselect go before the next transfer; else 0."),
        Field("tx_nbits", 3, "u8", size=1, values="nbits", since="1.4", brief="Bits at a time to write."),
        Field("rx_nbits", 4, "u8", size=1, values="nbits", since="1.4", brief="Bits at a time to read."),
        Field("reserved", 5, "u8", count=3, array=True, size=3, reserved=True, since="1.4"),
        Field("mode", 8, "le32", size=4,
              bits=(("cpha", 0, 1, False), ("cpol", 1, 1, False), ("cs_high", 2, 1, False), ("lsb_first", 3, 1, False), ("loop", 4, 1, False)),
              since="1.4", brief="Mode of the bus."),
        Field("freq", 12, "le32", size=4, since="1.4", unit="Hz", brief="Clock."),
        Field("word_delay_ns", 16, "le32", size=4, since="1.4", unit="nanoseconds", brief="Pause between words."),
        Field("cs_setup_ns", 20, "le32", size=4, since="1.4", unit="nanoseconds",
              brief="Pause after chipselect goes on."),
        Field("cs_delay_hold_ns", 24, "le32", size=4, since="1.4", unit="nanoseconds",
              brief="Pause before chipselect goes off."),
        Field("cs_change_delay_inactive_ns", 28, "le32", size=4, since="1.4", unit="nanoseconds",
              brief="Pause after chipselect goes off."),
    ), brief="How to do a transfer."),
    Struct("transfer_result", "virtio_spi_transfer_result", "vwr_spi_transfer_result", 1, True, False, "1.4", "",
           "SPI Controller Device / Device Operation / Device Operation: Request Queue", (
        Field("result", 0, "u8", size=1, values="result", since="1.4", brief="How it went."),
    ), brief="How a transfer went."),
    Struct("transfer_req", "virtio_spi_transfer_req", "vwr_spi_transfer_req", 32, False, False, "1.4", "",
           "SPI Controller Device / Device Operation / Device Operation: Request Queue", (
        Field("head", 0, "transfer_head", size=32, since="1.4", brief="How to do it."),
        Field("tx_buf", 32, "u8", count="open", array=True, since="1.4", brief="Data to write; may be absent."),
        Field("rx_buf", None, "u8", count="open", array=True, dir="in", since="1.4",
              brief="Data that was read; may be absent."),
        Field("result", None, "transfer_result", size=1, dir="in", since="1.4", brief="How it went."),
    ), brief="A transfer: tx_buf, rx_buf, or both with one length."),
    Struct("config", "virtio_spi_config", "vwr_spi_config", 32, True, False, "1.4", "",
           "SPI Controller Device / Device configuration layout", (
        Field("cs_max_number", 0, "u8", size=1, since="1.4", brief="Number of chipselects."),
        Field("cs_change_supported", 1, "u8", size=1, since="1.4", brief="1 if cs_change can be set; else 0."),
        Field("tx_nbits_supported", 2, "u8", size=1,
              bits=(("dual", 0, 1, False), ("quad", 1, 1, False), ("octal", 2, 1, False), ("reserved", 3, 5, True)),
              since="1.4", brief="Bits at a time that can be written; one always can."),
        Field("rx_nbits_supported", 3, "u8", size=1,
              bits=(("dual", 0, 1, False), ("quad", 1, 1, False), ("octal", 2, 1, False), ("reserved", 3, 5, True)),
              since="1.4", brief="Bits at a time that can be read; one always can."),
        Field("bits_per_word_mask", 4, "le32", size=4, since="1.4",
              brief="Bit n is set if words can have n + 1 bits; 0 if any length will do."),
        Field("mode_func_supported", 8, "le32", size=4,
              bits=(("cpha_0", 0, 1, False), ("cpha_1", 1, 1, False), ("cpol_0", 2, 1, False), ("cpol_1", 3, 1, False), ("cs_high", 4, 1, False), ("lsb_first", 5, 1, False), ("loop", 6, 1, False)),
              since="1.4", brief="Modes that can be set."),
        Field("max_freq_hz", 12, "le32", size=4, since="1.4", unit="Hz", brief="Highest clock; 0 for no limit."),
        Field("max_word_delay_ns", 16, "le32", size=4, since="1.4", unit="nanoseconds",
              brief="Longest pause between words; 0 for none."),
        Field("max_cs_setup_ns", 20, "le32", size=4, since="1.4", unit="nanoseconds",
              brief="Longest pause after chipselect goes on; 0 for none."),
        Field("max_cs_hold_ns", 24, "le32", size=4, since="1.4", unit="nanoseconds",
              brief="Longest pause before chipselect goes off; 0 for none."),
        Field("max_cs_inactive_ns", 28, "le32", size=4, since="1.4", unit="nanoseconds",
              brief="Longest pause after chipselect goes off; 0 for none."),
    ), brief="Configuration space of the device."),
)

_QUEUES = (
    Queue("requestq", 0, dir="both", since="1.4", brief="Transfers, each a struct transfer_req."),
)

_RULES = (
)

_OFFERS = (
)

_MORE = {
    "request_queues": ["requestq"],
    "statuses": {"requestq": "result"},
}

SPEC = Spec("spi", "device", "spec/device/spi.yaml", "SPI Controller Device",
            "A controller of an SPI bus.", "1.4", 45,
            _GROUPS, _STRUCTS, _QUEUES, _RULES, _OFFERS, _MORE)

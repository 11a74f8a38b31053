# SPDX-License-Identifier: MIT
# Generated from spec/device/scsi.yaml by ./vwr generate: do not edit.
"""VIRTIO 1.4; SCSI Host Device. A SCSI host: targets and logical units behind it take SCSI commands."""

from . import Field, Group, Queue, Rule, Spec, Struct, Value

_GROUPS = (
    Group("features", "features", "SCSI Host Device / Feature bits", (
        Value("INOUT", 0, "VWR_SCSI_F_INOUT", "VIRTIO_SCSI_F_INOUT",
              brief="A command may have data in both directions."),
        Value("HOTPLUG", 1, "VWR_SCSI_F_HOTPLUG", "VIRTIO_SCSI_F_HOTPLUG",
              brief="Device tells of targets and units that come and go."),
        Value("CHANGE", 2, "VWR_SCSI_F_CHANGE", "VIRTIO_SCSI_F_CHANGE",
              brief="Device tells when the parameters of a unit change."),
        Value("T10_PI", 3, "VWR_SCSI_F_T10_PI", "VIRTIO_SCSI_F_T10_PI",
              brief="Commands carry protection information (DIF, DIX)."),
    )),
    Group("queues", "queues", "SCSI Host Device", (
        Value("controlq", 0, "VWR_SCSI_QUEUE_CONTROLQ", "", brief="Task management and subscriptions."),
        Value("eventq", 1, "VWR_SCSI_QUEUE_EVENTQ", "", brief="Events of the device."),
        Value("requestq", 2, "VWR_SCSI_QUEUE_REQUESTQ", "", brief="SCSI commands."),
    )),
    Group("constants", "constants", "SCSI Host Device", (
        Value("SENSE_DEFAULT_SIZE", 96, "VWR_SCSI_SENSE_DEFAULT_SIZE", "", aka=("VIRTIO_SCSI_SENSE_DEFAULT_SIZE",),
              brief="sense_size after a reset."),
        Value("CDB_DEFAULT_SIZE", 32, "VWR_SCSI_CDB_DEFAULT_SIZE", "", aka=("VIRTIO_SCSI_CDB_DEFAULT_SIZE",),
              brief="cdb_size after a reset."),
        Value("S_FUNCTION_COMPLETE", 0, "VWR_SCSI_S_FUNCTION_COMPLETE", "VIRTIO_SCSI_S_FUNCTION_COMPLETE",
              brief="Response of a task management function that was done."),
    )),
    Group("response", "enums", "SCSI Host Device / Device Operation / Device Operation: Request Queues", (
        Value("OK", 0, "VWR_SCSI_S_OK", "VIRTIO_SCSI_S_OK", brief="Done; a command has its SCSI status in status."),
        Value("OVERRUN", 1, "VWR_SCSI_S_OVERRUN", "VIRTIO_SCSI_S_OVERRUN",
              brief="The CDB wants more data than the buffers hold."),
        Value("ABORTED", 2, "VWR_SCSI_S_ABORTED", "VIRTIO_SCSI_S_ABORTED", brief="Aborted by task management."),
        Value("BAD_TARGET", 3, "VWR_SCSI_S_BAD_TARGET", "VIRTIO_SCSI_S_BAD_TARGET", brief="No such target."),
        Value("RESET", 4, "VWR_SCSI_S_RESET", "VIRTIO_SCSI_S_RESET", brief="Lost to a reset of bus or device."),
        Value("BUSY", 5, "VWR_SCSI_S_BUSY", "VIRTIO_SCSI_S_BUSY", brief="Failed; the same path may work later."),
        Value("TRANSPORT_FAILURE", 6, "VWR_SCSI_S_TRANSPORT_FAILURE", "VIRTIO_SCSI_S_TRANSPORT_FAILURE",
              brief="The link to the target is broken."),
        Value("TARGET_FAILURE", 7, "VWR_SCSI_S_TARGET_FAILURE", "VIRTIO_SCSI_S_TARGET_FAILURE",
              brief="The target fails; other paths will not help."),
        Value("NEXUS_FAILURE", 8, "VWR_SCSI_S_NEXUS_FAILURE", "VIRTIO_SCSI_S_NEXUS_FAILURE",
              brief="The nexus fails; other paths may help."),
        Value("FAILURE", 9, "VWR_SCSI_S_FAILURE", "VIRTIO_SCSI_S_FAILURE", brief="Any other error."),
        Value("FUNCTION_SUCCEEDED", 10, "VWR_SCSI_S_FUNCTION_SUCCEEDED", "VIRTIO_SCSI_S_FUNCTION_SUCCEEDED",
              brief="Task management answers a query with yes."),
        Value("FUNCTION_REJECTED", 11, "VWR_SCSI_S_FUNCTION_REJECTED", "VIRTIO_SCSI_S_FUNCTION_REJECTED",
              brief="Task management will not do that."),
        Value("INCORRECT_LUN", 12, "VWR_SCSI_S_INCORRECT_LUN", "VIRTIO_SCSI_S_INCORRECT_LUN",
              brief="No such logical unit; on the controlq alone."),
    )),
    Group("task-attr", "enums", "SCSI Host Device / Device Operation / Device Operation: Request Queues", (
        Value("SIMPLE", 0, "VWR_SCSI_S_SIMPLE", "VIRTIO_SCSI_S_SIMPLE", brief="In any order."),
        Value("ORDERED", 1, "VWR_SCSI_S_ORDERED", "VIRTIO_SCSI_S_ORDERED", brief="After all that came before."),
        Value("HEAD", 2, "VWR_SCSI_S_HEAD", "VIRTIO_SCSI_S_HEAD", brief="Before all that waits."),
        Value("ACA", 3, "VWR_SCSI_S_ACA", "VIRTIO_SCSI_S_ACA", brief="Part of an auto contingent allegiance."),
    )),
    Group("tmf-subtype", "enums", "SCSI Host Device / Device Operation / Device Operation: controlq", (
        Value("ABORT_TASK", 0, "VWR_SCSI_T_TMF_ABORT_TASK", "VIRTIO_SCSI_T_TMF_ABORT_TASK",
              brief="Abort the command with this id."),
        Value("ABORT_TASK_SET", 1, "VWR_SCSI_T_TMF_ABORT_TASK_SET", "VIRTIO_SCSI_T_TMF_ABORT_TASK_SET",
              brief="Abort all commands of this initiator to the unit."),
        Value("CLEAR_ACA", 2, "VWR_SCSI_T_TMF_CLEAR_ACA", "VIRTIO_SCSI_T_TMF_CLEAR_ACA",
              brief="End an auto contingent allegiance."),
        Value("CLEAR_TASK_SET", 3, "VWR_SCSI_T_TMF_CLEAR_TASK_SET", "VIRTIO_SCSI_T_TMF_CLEAR_TASK_SET",
              brief="Abort all commands to the unit."),
        Value("I_T_NEXUS_RESET", 4, "VWR_SCSI_T_TMF_I_T_NEXUS_RESET", "VIRTIO_SCSI_T_TMF_I_T_NEXUS_RESET",
              brief="Reset all units of the target for this initiator."),
        Value("LOGICAL_UNIT_RESET", 5, "VWR_SCSI_T_TMF_LOGICAL_UNIT_RESET", "VIRTIO_SCSI_T_TMF_LOGICAL_UNIT_RESET",
              brief="Reset the unit."),
        Value("QUERY_TASK", 6, "VWR_SCSI_T_TMF_QUERY_TASK", "VIRTIO_SCSI_T_TMF_QUERY_TASK",
              brief="Ask if the command with this id is there."),
        Value("QUERY_TASK_SET", 7, "VWR_SCSI_T_TMF_QUERY_TASK_SET", "VIRTIO_SCSI_T_TMF_QUERY_TASK_SET",
              brief="Ask if the unit has any commands."),
    )),
    Group("reset-reason", "enums", "SCSI Host Device / Device Operation / Device Operation: eventq", (
        Value("HARD", 0, "VWR_SCSI_EVT_RESET_HARD", "VIRTIO_SCSI_EVT_RESET_HARD",
              brief="The unit was reset and is still there."),
        Value("RESCAN", 1, "VWR_SCSI_EVT_RESET_RESCAN", "VIRTIO_SCSI_EVT_RESET_RESCAN", gate=("HOTPLUG",),
              brief="A target or unit is new."),
        Value("REMOVED", 2, "VWR_SCSI_EVT_RESET_REMOVED", "VIRTIO_SCSI_EVT_RESET_REMOVED", gate=("HOTPLUG",),
              brief="A target or unit is gone."),
    )),
    Group("async-event", "flags", "SCSI Host Device / Device Operation / Device Operation: controlq", (
        Value("OPERATIONAL_CHANGE", 2, "VWR_SCSI_EVT_ASYNC_OPERATIONAL_CHANGE",
              "VIRTIO_SCSI_EVT_ASYNC_OPERATIONAL_CHANGE", brief="The state of operation changed."),
        Value("POWER_MGMT", 4, "VWR_SCSI_EVT_ASYNC_POWER_MGMT", "VIRTIO_SCSI_EVT_ASYNC_POWER_MGMT",
              brief="The state of power changed."),
        Value("EXTERNAL_REQUEST", 8, "VWR_SCSI_EVT_ASYNC_EXTERNAL_REQUEST", "VIRTIO_SCSI_EVT_ASYNC_EXTERNAL_REQUEST",
              brief="Somebody asked for something at the device."),
        Value("MEDIA_CHANGE", 16, "VWR_SCSI_EVT_ASYNC_MEDIA_CHANGE", "VIRTIO_SCSI_EVT_ASYNC_MEDIA_CHANGE",
              brief="The medium changed."),
        Value("MULTI_HOST", 32, "VWR_SCSI_EVT_ASYNC_MULTI_HOST", "VIRTIO_SCSI_EVT_ASYNC_MULTI_HOST",
              brief="Another host has or wants the device."),
        Value("DEVICE_BUSY", 64, "VWR_SCSI_EVT_ASYNC_DEVICE_BUSY", "VIRTIO_SCSI_EVT_ASYNC_DEVICE_BUSY",
              brief="The device is busy."),
    )),
    Group("event-flag", "flags", "SCSI Host Device / Device Operation / Device Operation: eventq", (
        Value("EVENTS_MISSED", 0x80000000, "VWR_SCSI_T_EVENTS_MISSED", "VIRTIO_SCSI_T_EVENTS_MISSED",
              brief="Events were lost for want of buffers."),
    )),
    Group("control-type", "messages", "SCSI Host Device / Device Operation / Device Operation: controlq", (
        Value("TMF", 0, "VWR_SCSI_T_TMF", "VIRTIO_SCSI_T_TMF", brief="Do a task management function.",
              out=("ctrl_tmf",), sender="driver"),
        Value("AN_QUERY", 1, "VWR_SCSI_T_AN_QUERY", "VIRTIO_SCSI_T_AN_QUERY",
              brief="Ask which events a unit can report.", out=("ctrl_an",), sender="driver"),
        Value("AN_SUBSCRIBE", 2, "VWR_SCSI_T_AN_SUBSCRIBE", "VIRTIO_SCSI_T_AN_SUBSCRIBE",
              brief="Ask a unit to report events.", out=("ctrl_an",), sender="driver"),
    ), queue="controlq"),
    Group("event-type", "messages", "SCSI Host Device / Device Operation / Device Operation: eventq", (
        Value("NO_EVENT", 0, "VWR_SCSI_T_NO_EVENT", "VIRTIO_SCSI_T_NO_EVENT",
              brief="Nothing, but events may be missed.", out=("event",), sender="device"),
        Value("TRANSPORT_RESET", 1, "VWR_SCSI_T_TRANSPORT_RESET", "VIRTIO_SCSI_T_TRANSPORT_RESET",
              brief="A unit was reset or came or went.", out=("event",), sender="device"),
        Value("ASYNC_NOTIFY", 2, "VWR_SCSI_T_ASYNC_NOTIFY", "VIRTIO_SCSI_T_ASYNC_NOTIFY",
              brief="An event that was subscribed to.", out=("event",), sender="device"),
        Value("PARAM_CHANGE", 3, "VWR_SCSI_T_PARAM_CHANGE", "VIRTIO_SCSI_T_PARAM_CHANGE", gate=("CHANGE",),
              brief="Parameters of a unit changed.", out=("event",), sender="device"),
    ), queue="eventq"),
)

_STRUCTS = (
    Struct("req_cmd", "virtio_scsi_req_cmd", "vwr_scsi_req_cmd", 19, False, True, "1.0", "",
           "SCSI Host Device / Device Operation / Device Operation: Request Queues", (
        Field("lun", 0, "u8", count=8, array=True, size=8,
              brief="Target and unit: 1, target, unit in two bytes, four zeroes."),
        Field("id", 8, "le64", size=8, brief="Tag of the command."),
        Field("task_attr", 16, "u8", size=1, values="task-attr", brief="In which order."),
        Field("prio", 17, "u8", size=1, brief="Priority; 0."),
        Field("crn", 18, "u8", size=1, brief="Reference number; 0."),
        Field("cdb", 19, "u8", count="config.cdb_size", array=True, brief="The command."),
        Field("pi_bytesout", None, "le32", size=4, gate=("T10_PI",), unit="bytes", brief="Length of pi_out."),
        Field("pi_bytesin", None, "le32", size=4, gate=("T10_PI",), unit="bytes", brief="Length of pi_in."),
        Field("pi_out", None, "u8", count="pi_bytesout", array=True, gate=("T10_PI",),
              brief="Protection information of what is written."),
        Field("dataout", None, "u8", count="open", array=True, brief="Data to write."),
        Field("sense_len", None, "le32", size=4, dir="in", unit="bytes", brief="Length of what is in sense."),
        Field("residual", None, "le32", size=4, dir="in", unit="bytes", brief="Data that was not transferred."),
        Field("status_qualifier", None, "le16", size=2, dir="in", brief="Qualifier of the SCSI status."),
        Field("status", None, "u8", size=1, dir="in", brief="SCSI status."),
        Field("response", None, "u8", size=1, dir="in", values="response", brief="What became of the command."),
        Field("sense", None, "u8", count="config.sense_size", array=True, dir="in", brief="Sense data."),
        Field("pi_in", None, "u8", count="pi_bytesin", array=True, gate=("T10_PI",), dir="in",
              brief="Protection information of what was read."),
        Field("datain", None, "u8", count="trailing", array=True, dir="in", brief="Data that was read."),
    ), brief="A SCSI command."),
    Struct("ctrl", "virtio_scsi_ctrl", "vwr_scsi_ctrl", 4, False, False, "1.0", "",
           "SCSI Host Device / Device Operation / Device Operation: controlq", (
        Field("type", 0, "le32", size=4, values="control-type", brief="What to do."),
        Field("command_specific", 4, "u8", count="open", array=True, brief="As the type has it."),
        Field("response", None, "u8", size=1, dir="in", values="response", brief="How it went."),
    ), brief="What all requests of the controlq have."),
    Struct("ctrl_tmf", "virtio_scsi_ctrl_tmf", "vwr_scsi_ctrl_tmf", 25, True, True, "1.0", "",
           "SCSI Host Device / Device Operation / Device Operation: controlq", (
        Field("type", 0, "le32", size=4, values="control-type", brief="TMF."),
        Field("subtype", 4, "le32", size=4, values="tmf-subtype", brief="Which function."),
        Field("lun", 8, "u8", count=8, array=True, size=8, brief="Target and unit."),
        Field("id", 16, "le64", size=8, brief="Tag of a command where the function is about one."),
        Field("response", 24, "u8", size=1, dir="in", values="response", brief="How it went."),
    ), brief="A task management function."),
    Struct("ctrl_an", "virtio_scsi_ctrl_an", "vwr_scsi_ctrl_an", 21, True, True, "1.0", "",
           "SCSI Host Device / Device Operation / Device Operation: controlq", (
        Field("type", 0, "le32", size=4, values="control-type", brief="AN_QUERY or AN_SUBSCRIBE."),
        Field("lun", 4, "u8", count=8, array=True, size=8, brief="Target and unit."),
        Field("event_requested", 12, "le32", size=4, values="async-event", brief="Events that the driver wants."),
        Field("event_actual", 16, "le32", size=4, dir="in", values="async-event", brief="Events that the unit has."),
        Field("response", 20, "u8", size=1, dir="in", values="response", brief="How it went."),
    ), brief="A question for events or a subscription to them."),
    Struct("event", "virtio_scsi_event", "vwr_scsi_event", 16, True, False, "1.0", "",
           "SCSI Host Device / Device Operation / Device Operation: eventq", (
        Field("event", 0, "le32", size=4, values="event-type", brief="What happened."),
        Field("lun", 4, "u8", count=8, array=True, size=8, brief="Target and unit."),
        Field("reason", 12, "le32", size=4,
              brief="By event: a reset-reason; async-event flags; or asc in bits 0 to 7 and ascq in 8 to 15."),
    ), brief="An event."),
    Struct("config", "virtio_scsi_config", "vwr_scsi_config", 36, True, False, "1.0", "",
           "SCSI Host Device / Device configuration layout", (
        Field("num_queues", 0, "le32", size=4, brief="Number of request queues."),
        Field("seg_max", 4, "le32", size=4, brief="Most segments of a command in one direction."),
        Field("max_sectors", 8, "le32", size=4, brief="Largest transfer that is worth its while."),
        Field("cmd_per_lun", 12, "le32", size=4, brief="Most linked commands to one unit."),
        Field("event_info_size", 16, "le32", size=4, unit="bytes",
              brief="Most that the device writes to an event buffer."),
        Field("sense_size", 20, "le32", size=4, dir="RW", unit="bytes", brief="Room for sense data; 96 after a reset."),
        Field("cdb_size", 24, "le32", size=4, dir="RW", unit="bytes", brief="Room for the CDB; 32 after a reset."),
        Field("max_channel", 28, "le16", size=2, brief="Last channel that is worth a scan."),
        Field("max_target", 30, "le16", size=2, brief="Last target that is worth a scan."),
        Field("max_lun", 32, "le32", size=4, brief="Last logical unit that is worth a scan."),
    ), brief="Configuration space of the device."),
)

_QUEUES = (
    Queue("controlq", 0, dir="both", brief="Task management and subscriptions."),
    Queue("eventq", 1, dir="in", brief="Events of the device."),
    Queue("requestq", 2, field="num_queues", dir="both", brief="SCSI commands."),
)

_RULES = (
)

_OFFERS = (
)

_MORE = {
    "request_queues": ["controlq", "requestq"],
    "statuses": {"controlq": "response", "requestq": "response"},
}

SPEC = Spec("scsi", "device", "spec/device/scsi.yaml", "SCSI Host Device",
            "A SCSI host: targets and logical units behind it take SCSI commands.", "1.0", 8,
            _GROUPS, _STRUCTS, _QUEUES, _RULES, _OFFERS, _MORE)

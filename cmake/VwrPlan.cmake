# SPDX-License-Identifier: MIT
# Builds a platform plan as a target.

# vwr_add_plan(<target> FILE <vms.yaml>)
#
# Generates the plan's tables when CMake configures and again whenever the plan has changed, and adds a target
# for them. A program that links to the target compiles the tables with its own port and finds
# vwr_plan_NAME.h. Needs Python with yaml, jsonschema and jinja2. Without Python, commit the output of `./vwr
# plan FILE --out DIR` instead.
function(vwr_add_plan target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "FILE" "")
    vwr_find_python(python yaml jsonschema jinja2)
    if(NOT python)
        message(FATAL_ERROR "virtwright: ${target}: no Python with yaml, jsonschema and jinja2. "
            "Next: install them, or commit what ./vwr plan FILE --out DIR writes")
    endif()
    get_filename_component(file "${arg_FILE}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_SOURCE_DIR}")
    set(out "${CMAKE_CURRENT_BINARY_DIR}/${target}")
    file(GLOB programs CONFIGURE_DEPENDS "${VWR_ROOT}/codegen/vwr/plan/*.py" "${VWR_ROOT}/codegen/vwr/plan/*/*")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}" ${programs})
    file(REMOVE_RECURSE "${out}")
    execute_process(COMMAND "${python}" -X "pycache_prefix=${CMAKE_BINARY_DIR}/pycache" "${VWR_ROOT}/codegen" plan "${file}" --out "${out}" OUTPUT_QUIET
        RESULT_VARIABLE failed)
    if(NOT failed STREQUAL "0")
        message(FATAL_ERROR "virtwright: ${target}: the plan has errors, see above")
    endif()
    file(GLOB sources "${out}/*.c")
    add_library(${target} INTERFACE)
    target_sources(${target} INTERFACE ${sources})
    target_include_directories(${target} INTERFACE "${out}")
endfunction()

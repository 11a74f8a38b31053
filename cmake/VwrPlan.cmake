# SPDX-License-Identifier: MIT
# Builds a platform plan as a target.

# vwr_add_plan(<target> FILE <vms.yaml>)
#
# Generates the plan's tables when CMake configures and again whenever the plan has changed, and adds a target
# for them. A program that links to the target compiles the tables, and the code of plan/ that they refer to, with
# its own port and finds vwr_plan_NAME.h. Needs Python with yaml, jsonschema and jinja2. Without Python, commit the output of `./vwr
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
    file(GLOB headers "${out}/*.h")
    vwr_plan_sources(code ${headers})
    add_library(${target} INTERFACE)
    target_sources(${target} INTERFACE ${sources} ${code})
    target_include_directories(${target} INTERFACE "${out}" "${VWR_ROOT}/plan")
    if(code MATCHES "vwr_vplan_monitor")
        target_sources(${target} INTERFACE ${VWR_MONITOR_SOURCES})
        target_include_directories(${target} INTERFACE "${VWR_ROOT}/monitor/include")
    endif()
endfunction()

# vwr_plan_sources(<variable> <header...>): the sources of plan/ whose headers these include, directly or not.
function(vwr_plan_sources variable)
    set(sources "")
    set(headers ${ARGN})
    while(headers)
        list(POP_FRONT headers header)
        file(STRINGS "${header}" includes REGEX "^#include \"vplan[a-z0-9_]*\\.h\"")
        foreach(include IN LISTS includes)
            string(REGEX MATCH "vplan[a-z0-9_]*" name "${include}")
            if(NOT "${VWR_ROOT}/plan/vwr_${name}.c" IN_LIST sources)
                list(APPEND sources "${VWR_ROOT}/plan/vwr_${name}.c")
                list(APPEND headers "${VWR_ROOT}/plan/${name}.h")
            endif()
        endforeach()
    endwhile()
    list(FILTER sources EXCLUDE REGEX "/vwr_vplan_service\\.c$") # functions of a user's own service
    set(${variable} "${sources}" PARENT_SCOPE)
endfunction()

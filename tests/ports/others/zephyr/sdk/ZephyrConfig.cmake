# SPDX-License-Identifier: MIT
# The part of find_package(Zephyr) that the module and its application use.

project(Zephyr-Kernel LANGUAGES C)

execute_process(COMMAND "${PYTHON}" -B "${CMAKE_CURRENT_LIST_DIR}/kconfig.py" "${CMAKE_BINARY_DIR}"
    "${CONF_FILE}" ${ZEPHYR_EXTRA_MODULES}
    OUTPUT_VARIABLE folders OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE failed)
if(failed)
    message(FATAL_ERROR "Kconfig: see above")
endif()
file(STRINGS "${CMAKE_BINARY_DIR}/.config" settings REGEX "^CONFIG_[A-Z0-9_]+=")
foreach(setting IN LISTS settings)
    string(REGEX MATCH "^(CONFIG_[A-Z0-9_]+)=(.*)$" setting "${setting}")
    set(${CMAKE_MATCH_1} "${CMAKE_MATCH_2}")
endforeach()

add_library(zephyr_interface INTERFACE)
target_include_directories(zephyr_interface INTERFACE "${CMAKE_CURRENT_LIST_DIR}/include" "${CMAKE_BINARY_DIR}")
target_compile_options(zephyr_interface INTERFACE -std=gnu11 -Wall -Wextra -Werror -Wno-unused-parameter
    -ffunction-sections -fdata-sections)

macro(zephyr_include_directories)
    target_include_directories(zephyr_interface INTERFACE ${ARGN})
endmacro()

macro(zephyr_compile_definitions)
    target_compile_definitions(zephyr_interface INTERFACE ${ARGN})
endmacro()

macro(zephyr_library_named name)
    set(ZEPHYR_CURRENT_LIBRARY ${name})
    add_library(${name} STATIC "")
    target_link_libraries(${name} PUBLIC zephyr_interface)
    set_property(GLOBAL APPEND PROPERTY ZEPHYR_LIBS ${name})
endmacro()

macro(zephyr_library_sources)
    target_sources(${ZEPHYR_CURRENT_LIBRARY} PRIVATE ${ARGN})
endmacro()

add_library(app STATIC "")
target_link_libraries(app PUBLIC zephyr_interface)
string(REPLACE "\n" ";" folders "${folders}")
foreach(folder IN LISTS folders)
    get_filename_component(module "${folder}" DIRECTORY)
    get_filename_component(module "${module}" NAME)
    add_subdirectory("${folder}" "modules/${module}")
endforeach()
get_property(libraries GLOBAL PROPERTY ZEPHYR_LIBS)
target_link_libraries(app PUBLIC ${libraries})
add_executable(zephyr.elf "${CMAKE_CURRENT_LIST_DIR}/standin.c")
target_link_libraries(zephyr.elf PRIVATE app)
target_link_options(zephyr.elf PRIVATE -Wl,--gc-sections)

# SPDX-FileCopyrightText: ClinicDesk contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What is built for people makes a mistake in memory end the program rather than serve somebody: in every build, so that
# tests run what is shipped. tst_house reads it back from the finished programs.
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
include(CheckPIESupported)
check_pie_supported()
include(CheckCXXCompilerFlag)
include(CheckLinkerFlag)

if(MSVC)
  target_compile_options(clinic_flags INTERFACE /guard:cf /sdl)
  target_link_options(clinic_flags INTERFACE /guard:cf /DYNAMICBASE /HIGHENTROPYVA /NXCOMPAT /CETCOMPAT)
else()
  foreach(flag -fstack-protector-strong -fstack-clash-protection -fcf-protection=full)
    string(MAKE_C_IDENTIFIER "CLINIC_HAS${flag}" known)
    check_cxx_compiler_flag(${flag} ${known})
    if(${known})
      target_compile_options(clinic_flags INTERFACE ${flag})
    endif()
  endforeach()
  target_compile_options(clinic_flags INTERFACE -Wformat=2 -Wno-format-nonliteral)
  target_compile_definitions(clinic_flags INTERFACE _GLIBCXX_ASSERTIONS $<$<NOT:$<CONFIG:Debug>>:_FORTIFY_SOURCE=2>)
  foreach(flag -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
    string(MAKE_C_IDENTIFIER "CLINIC_HAS${flag}" known)
    check_linker_flag(CXX ${flag} ${known})
    if(${known})
      target_link_options(clinic_flags INTERFACE ${flag})
    endif()
  endforeach()
endif()

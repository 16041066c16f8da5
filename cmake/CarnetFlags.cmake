# Warnings, hardening and instrumentation, for every target of ours.
include(CheckCCompilerFlag)
include(CheckLinkerFlag)

add_library(carnet_flags INTERFACE)
target_compile_definitions(carnet_flags INTERFACE _POSIX_C_SOURCE=200809L
	CARNET_VERSION="${PROJECT_VERSION}")
target_compile_options(carnet_flags INTERFACE
	-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
	-Wcast-qual -Wcast-align -Wformat=2 -Wundef -Wvla -Wwrite-strings
	-Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition
	-Wimplicit-fallthrough -Wnull-dereference -Wdouble-promotion
	-fvisibility=hidden -fno-common)

if(CARNET_WERROR)
	target_compile_options(carnet_flags INTERFACE -Werror)
endif()

if(CARNET_SANITIZE)
	# FORTIFY and automatic initialisation blind the sanitizers: left out.
	target_compile_options(carnet_flags INTERFACE
		-fsanitize=${CARNET_SANITIZE} -fno-omit-frame-pointer
		-fno-sanitize-recover=all)
	target_link_options(carnet_flags INTERFACE
		-fsanitize=${CARNET_SANITIZE})
elseif(NOT CARNET_COVERAGE)
	foreach(flag -fstack-protector-strong -fstack-clash-protection
			-fcf-protection=full -ftrivial-auto-var-init=zero)
		string(MAKE_C_IDENTIFIER "CARNET_HAS${flag}" has)
		check_c_compiler_flag(${flag} ${has})
		if(${has})
			target_compile_options(carnet_flags INTERFACE ${flag})
		endif()
	endforeach()
	# FORTIFY needs an optimising build.
	target_compile_options(carnet_flags INTERFACE
		$<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE$<SEMICOLON>-D_FORTIFY_SOURCE=2>)
	foreach(flag -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,--as-needed)
		string(MAKE_C_IDENTIFIER "CARNET_LINKS${flag}" has)
		check_linker_flag(C ${flag} ${has})
		if(${has})
			target_link_options(carnet_flags INTERFACE ${flag})
		endif()
	endforeach()
endif()

if(CARNET_COVERAGE)
	target_compile_options(carnet_flags INTERFACE --coverage -O0)
	target_link_options(carnet_flags INTERFACE --coverage)
endif()

# For harnesses that libFuzzer drives: code is instrumented in every target.
if(CARNET_FUZZ)
	target_compile_options(carnet_flags INTERFACE
		-fsanitize=fuzzer-no-link)
endif()

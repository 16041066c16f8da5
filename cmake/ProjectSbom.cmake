# The project's own SBOM (CycloneDX 1.6): what the programs are made of, from
# the sources that their targets name and the libraries that they link. Written
# by every build to carnet.cdx.json in the build tree; `project-sbom` alone
# makes just that.

# The imported libraries in a target property, as pkg-config prefixes.
function(sbom_prefixes out target property)
	get_target_property(links ${target} ${property})
	list(FILTER links INCLUDE REGEX "^PkgConfig::")
	list(TRANSFORM links REPLACE "^PkgConfig::" "")
	set(${out} "${links}" PARENT_SCOPE)
endfunction()

sbom_prefixes(sbom_libcarnet carnet_foreign INTERFACE_LINK_LIBRARIES)
sbom_prefixes(sbom_resolver resolver_objects LINK_LIBRARIES)

set(sbom_input "set(sbom_libcarnet ${sbom_libcarnet})\n")
string(APPEND sbom_input "set(sbom_resolver ${sbom_resolver})\n")
foreach(prefix IN LISTS sbom_libcarnet sbom_resolver)
	get_target_property(links PkgConfig::${prefix}
		INTERFACE_LINK_LIBRARIES)
	list(GET links 0 path)
	string(APPEND sbom_input "set(${prefix}_module ${${prefix}_MODULE_NAME})
set(${prefix}_version ${${prefix}_VERSION})
set(${prefix}_path ${path})\n")
endforeach()
execute_process(COMMAND "${CMAKE_C_COMPILER}" -print-file-name=libc.so.6
	OUTPUT_VARIABLE libc OUTPUT_STRIP_TRAILING_WHITESPACE)
string(APPEND sbom_input "set(LIBC_module libc)
set(LIBC_path ${libc})
set(project_version ${PROJECT_VERSION})
set(project_description \"${PROJECT_DESCRIPTION}\")
set(compiler \"${CMAKE_C_COMPILER_ID}\")
set(compiler_version \"${CMAKE_C_COMPILER_VERSION}\")
set(source_dir \"${PROJECT_SOURCE_DIR}\")
set(libcarnet_sources \"$<TARGET_PROPERTY:carnet_objects,SOURCES>\")
set(carnet_sources \"$<TARGET_PROPERTY:carnet,SOURCES>;$<TARGET_PROPERTY:carnet_tool,SOURCES>\")
set(resolver_sources \"$<TARGET_PROPERTY:resolver_objects,SOURCES>;$<TARGET_PROPERTY:carnet-resolver,SOURCES>\")
set(libcarnet_file \"$<TARGET_FILE:libcarnet>\")
set(carnet_file \"$<TARGET_FILE:carnet>\")
set(resolver_file \"$<TARGET_FILE:carnet-resolver>\")
set(carnet_dir \"${PROJECT_SOURCE_DIR}/passport/tool\")
set(resolver_dir \"${PROJECT_SOURCE_DIR}/resolver\")
")
file(GENERATE OUTPUT "${PROJECT_BINARY_DIR}/sbom-input.cmake"
	CONTENT "${sbom_input}")

add_custom_command(OUTPUT "${PROJECT_BINARY_DIR}/carnet.cdx.json"
		"${PROJECT_BINARY_DIR}/carnet.sources"
	COMMAND "${CMAKE_COMMAND}"
		"-DINPUT=${PROJECT_BINARY_DIR}/sbom-input.cmake"
		"-DOUTPUT=${PROJECT_BINARY_DIR}/carnet.cdx.json"
		"-DMANIFEST=${PROJECT_BINARY_DIR}/carnet.sources"
		-P "${PROJECT_SOURCE_DIR}/cmake/WriteSbom.cmake"
	DEPENDS libcarnet carnet carnet-resolver
		"${PROJECT_BINARY_DIR}/sbom-input.cmake"
		"${PROJECT_SOURCE_DIR}/cmake/WriteSbom.cmake"
	COMMENT "Writing the project's SBOM" VERBATIM)
add_custom_target(project-sbom ALL
	DEPENDS "${PROJECT_BINARY_DIR}/carnet.cdx.json")

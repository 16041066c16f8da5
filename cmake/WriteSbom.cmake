# cmake -DINPUT=… -DOUTPUT=… -DMANIFEST=… -P WriteSbom.cmake
#
# Writes the SBOM (CycloneDX 1.6, ECMA-424) and the list of sources. The same sources, libraries and
# compiler give the same bytes: nothing is sorted by chance, the time is that
# of SOURCE_DATE_EPOCH or of the last commit, the serial number is a digest of
# the rest.
cmake_minimum_required(VERSION 3.25)
include("${INPUT}")

# Licences as SPDX expressions; a library that is not here fails the build, so
# that none is shipped without somebody having looked.
set(licence_libqrencode "LGPL-2.1-or-later")
set(licence_libcbor "MIT")
set(licence_libcrypto "Apache-2.0")
set(licence_libpng "libpng-2.0")
set(licence_libjpeg "IJG AND BSD-3-Clause AND Zlib")
set(licence_zbar "LGPL-2.1-or-later")
set(licence_libcurl "curl")
set(licence_expat "MIT")
set(licence_libmicrohttpd "LGPL-2.1-or-later")
set(licence_sqlite3 "blessing")
set(licence_libc "LGPL-2.1-or-later")

set(maker "{ \"name\": \"The Carnet project\", \"url\": [ \"https://carnet.example\" ] }")

function(escape out text)
	string(REPLACE "\\" "\\\\" text "${text}")
	string(REPLACE "\"" "\\\"" text "${text}")
	set(${out} "${text}" PARENT_SCOPE)
endfunction()

# [{"alg": …, "content": …}, …] of a file
function(hashes out path)
	file(SHA256 "${path}" sha256)
	file(SHA512 "${path}" sha512)
	set(${out} "[
        { \"alg\": \"SHA-256\", \"content\": \"${sha256}\" },
        { \"alg\": \"SHA-512\", \"content\": \"${sha512}\" }
      ]" PARENT_SCOPE)
endfunction()

# ---- sources ----------------------------------------------------------------

# Adds the own headers that a list of sources includes, and theirs.
function(with_headers out)
	set(todo ${ARGN})
	set(seen)
	while(todo)
		list(POP_FRONT todo path)
		if(path IN_LIST seen)
			continue()
		endif()
		list(APPEND seen "${path}")
		file(STRINGS "${path}" lines REGEX "^#include [\"<]")
		get_filename_component(dir "${path}" DIRECTORY)
		foreach(line IN LISTS lines)
			string(REGEX REPLACE "^#include ([\"<])([^\">]+).*"
				"\\1\\2" name "${line}")
			if(name MATCHES "^\"")
				string(SUBSTRING "${name}" 1 -1 name)
				set(header "${dir}/${name}")
			elseif(name MATCHES "^<carnet/")
				string(SUBSTRING "${name}" 1 -1 name)
				set(header "${source_dir}/include/${name}")
			else()
				continue()
			endif()
			if(name STREQUAL "carnet/fields.def")
				# The build copies it from there.
				set(header "${source_dir}/passport/model/fields.def")
			endif()
			if(EXISTS "${header}")
				get_filename_component(header "${header}"
					ABSOLUTE)
				list(APPEND todo "${header}")
			endif()
		endforeach()
	endwhile()
	set(${out} "${seen}" PARENT_SCOPE)
endfunction()

# One component of type file for each source below the project.
function(files_json out base)
	set(paths)
	foreach(path IN LISTS ARGN)
		if(NOT path MATCHES "\\.[ch]$")
			continue()
		endif()
		get_filename_component(path "${path}" ABSOLUTE
			BASE_DIR "${base}")
		list(APPEND paths "${path}")
	endforeach()
	with_headers(paths ${paths})
	list(REMOVE_DUPLICATES paths)
	list(SORT paths)
	set(items)
	foreach(path IN LISTS paths)
		file(RELATIVE_PATH name "${source_dir}" "${path}")
		if(name MATCHES "^\\.\\./|^build/")
			continue()
		endif()
		file(SHA256 "${path}" digest)
		file(APPEND "${MANIFEST}" "${digest}  ${name}\n")
		escape(name "${name}")
		string(APPEND items "${comma}
        {
          \"type\": \"file\",
          \"name\": \"${name}\",
          \"hashes\": [ { \"alg\": \"SHA-256\", \"content\": \"${digest}\" } ]
        }")
		set(comma ",")
	endforeach()
	set(${out} "[${items}
      ]" PARENT_SCOPE)
endfunction()

# ---- components -------------------------------------------------------------

# A program or library of ours: own REF TYPE FILE BASE SOURCES…
function(own out ref type file base)
	get_filename_component(real "${file}" REALPATH)
	get_filename_component(name "${real}" NAME)
	hashes(sums "${real}")
	files_json(files "${base}" ${ARGN})
	set(${out} "    {
      \"type\": \"${type}\",
      \"bom-ref\": \"${ref}\",
      \"supplier\": ${maker},
      \"name\": \"${ref}\",
      \"version\": \"${project_version}\",
      \"licenses\": [ { \"expression\": \"Apache-2.0\" } ],
      \"purl\": \"pkg:generic/${ref}@${project_version}\",
      \"hashes\": ${sums},
      \"properties\": [
        { \"name\": \"bsi:component:filename\", \"value\": \"${name}\" },
        { \"name\": \"bsi:component:executable\", \"value\": \"executable\" },
        { \"name\": \"bsi:component:archive\", \"value\": \"no archive\" },
        { \"name\": \"bsi:component:structured\", \"value\": \"structured\" }
      ],
      \"components\": ${files}
    }" PARENT_SCOPE)
endfunction()

# The Debian package that a file belongs to: name, version, architecture.
function(debian_package out path)
	set(${out} "" PARENT_SCOPE)
	string(REGEX REPLACE "^/usr/lib/" "/lib/" bare "${path}")
	foreach(candidate "${path}" "${bare}")
		execute_process(COMMAND dpkg-query -S "${candidate}"
			OUTPUT_VARIABLE owner ERROR_QUIET RESULT_VARIABLE bad)
		if(NOT bad EQUAL 0)
			continue()
		endif()
		string(REGEX REPLACE "^([^ ,\n]+): .*" "\\1" owner "${owner}")
		execute_process(COMMAND dpkg-query -W -f
			"\${Package};\${Version};\${Architecture}" "${owner}"
			OUTPUT_VARIABLE facts ERROR_QUIET)
		set(${out} "${facts}" PARENT_SCOPE)
		return()
	endforeach()
endfunction()

# A library of somebody else's.
function(foreign out prefix)
	set(module "${${prefix}_module}")
	set(version "${${prefix}_version}")
	if(NOT DEFINED licence_${module})
		message(FATAL_ERROR "${module}: name its licence in"
			" cmake/WriteSbom.cmake")
	endif()
	get_filename_component(path "${${prefix}_path}" REALPATH)
	get_filename_component(file "${path}" NAME)
	debian_package(package "${path}")
	set(supplier)
	if(package)
		list(GET package 0 name)
		list(GET package 1 debian_version)
		list(GET package 2 arch)
		set(supplier "
      \"supplier\": { \"name\": \"Debian\", \"url\": [ \"https://www.debian.org\" ] },")
		if(NOT version)
			string(REGEX REPLACE "^([0-9]+:)?([0-9.]+).*" "\\2"
				version "${debian_version}")
		endif()
		string(REPLACE "+" "%2B" debian_version "${debian_version}")
		string(REPLACE "~" "%7E" debian_version "${debian_version}")
		string(REPLACE ":" "%3A" debian_version "${debian_version}")
		set(purl "pkg:deb/debian/${name}@${debian_version}?arch=${arch}")
	else()
		set(purl "pkg:generic/${module}@${version}")
	endif()
	hashes(sums "${path}")
	set(${out} "    {
      \"type\": \"library\",
      \"bom-ref\": \"${module}\",${supplier}
      \"name\": \"${module}\",
      \"version\": \"${version}\",
      \"licenses\": [ { \"expression\": \"${licence_${module}}\" } ],
      \"purl\": \"${purl}\",
      \"hashes\": ${sums},
      \"properties\": [
        { \"name\": \"bsi:component:filename\", \"value\": \"${file}\" },
        { \"name\": \"bsi:component:executable\", \"value\": \"executable\" },
        { \"name\": \"bsi:component:archive\", \"value\": \"no archive\" },
        { \"name\": \"bsi:component:structured\", \"value\": \"structured\" }
      ]
    }" PARENT_SCOPE)
endfunction()

# { "ref": …, "dependsOn": […] }
function(depends out ref)
	set(refs)
	foreach(on IN LISTS ARGN)
		string(APPEND refs "${comma} \"${on}\"")
		set(comma ",")
	endforeach()
	set(${out} "    { \"ref\": \"${ref}\", \"dependsOn\": [${refs} ] }"
		PARENT_SCOPE)
endfunction()

# ---- the document -----------------------------------------------------------

function(modules out)
	set(names)
	foreach(prefix IN LISTS ARGN)
		list(APPEND names "${${prefix}_module}")
	endforeach()
	set(${out} "${names}" PARENT_SCOPE)
endfunction()

set(prefixes ${sbom_libcarnet} ${sbom_resolver} LIBC)
list(REMOVE_DUPLICATES prefixes)
modules(of_libcarnet ${sbom_libcarnet} LIBC)
modules(of_resolver ${sbom_resolver} LIBC)
modules(all_foreign ${prefixes})

# The project as a whole has no file of its own; its digest is that of the list
# of its sources, in the form that sha256sum -c reads.
file(WRITE "${MANIFEST}" "")
own(component libcarnet library "${libcarnet_file}" "${source_dir}"
	${libcarnet_sources})
set(components "${component}")
own(component carnet-tool application "${carnet_file}" "${carnet_dir}"
	${carnet_sources})
string(APPEND components ",\n${component}")
own(component carnet-resolver application "${resolver_file}" "${resolver_dir}"
	${resolver_sources})
string(APPEND components ",\n${component}")
foreach(prefix IN LISTS prefixes)
	foreign(component ${prefix})
	string(APPEND components ",\n${component}")
endforeach()

depends(dependencies carnet carnet-tool carnet-resolver libcarnet)
depends(edge carnet-tool libcarnet ${of_libcarnet})
string(APPEND dependencies ",\n${edge}")
depends(edge carnet-resolver libcarnet ${of_resolver})
string(APPEND dependencies ",\n${edge}")
depends(edge libcarnet ${of_libcarnet})
string(APPEND dependencies ",\n${edge}")
set(foreign_refs)
foreach(module IN LISTS all_foreign)
	depends(edge ${module})
	string(APPEND dependencies ",\n${edge}")
	string(APPEND foreign_refs "${comma} \"${module}\"")
	set(comma ",")
endforeach()

hashes(sums "${MANIFEST}")
get_filename_component(manifest "${MANIFEST}" NAME)

if(NOT DEFINED ENV{SOURCE_DATE_EPOCH})
	execute_process(COMMAND git -C "${source_dir}" log -1 --format=%ct
		OUTPUT_VARIABLE epoch OUTPUT_STRIP_TRAILING_WHITESPACE
		ERROR_QUIET RESULT_VARIABLE bad)
	if(bad EQUAL 0)
		set(ENV{SOURCE_DATE_EPOCH} "${epoch}")
	endif()
endif()
set(timestamp)
if(DEFINED ENV{SOURCE_DATE_EPOCH})
	string(TIMESTAMP now "%Y-%m-%dT%H:%M:%SZ" UTC)
	set(timestamp "
    \"timestamp\": \"${now}\",")
endif()
escape(description "${project_description}")

set(body "  \"version\": 1,
  \"metadata\": {${timestamp}
    \"lifecycles\": [ { \"phase\": \"build\" } ],
    \"tools\": {
      \"components\": [
        { \"type\": \"application\", \"name\": \"cmake\", \"version\": \"${CMAKE_VERSION}\" },
        { \"type\": \"application\", \"name\": \"${compiler}\", \"version\": \"${compiler_version}\" }
      ]
    },
    \"manufacturer\": ${maker},
    \"component\": {
      \"type\": \"application\",
      \"bom-ref\": \"carnet\",
      \"supplier\": ${maker},
      \"name\": \"carnet\",
      \"version\": \"${project_version}\",
      \"description\": \"${description}\",
      \"licenses\": [ { \"expression\": \"Apache-2.0\" } ],
      \"purl\": \"pkg:generic/carnet@${project_version}\",
      \"hashes\": ${sums},
      \"properties\": [
        { \"name\": \"bsi:component:filename\", \"value\": \"${manifest}\" },
        { \"name\": \"bsi:component:executable\", \"value\": \"non-executable\" },
        { \"name\": \"bsi:component:archive\", \"value\": \"no archive\" },
        { \"name\": \"bsi:component:structured\", \"value\": \"structured\" }
      ]
    }
  },
  \"components\": [
${components}
  ],
  \"dependencies\": [
${dependencies}
  ],
  \"compositions\": [
    {
      \"aggregate\": \"complete\",
      \"dependencies\": [ \"carnet\", \"carnet-tool\", \"carnet-resolver\", \"libcarnet\" ]
    },
    { \"aggregate\": \"unknown\", \"dependencies\": [${foreign_refs} ] }
  ]
}
")
string(UUID serial NAMESPACE 6ba7b811-9dad-11d1-80b4-00c04fd430c8
	NAME "${body}" TYPE SHA1)
file(WRITE "${OUTPUT}" "{
  \"$schema\": \"http://cyclonedx.org/schema/bom-1.6.schema.json\",
  \"bomFormat\": \"CycloneDX\",
  \"specVersion\": \"1.6\",
  \"serialNumber\": \"urn:uuid:${serial}\",
${body}")

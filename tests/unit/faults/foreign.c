/* The wrappers of foreign.def: __wrap_NAME fails when it is its turn, else it
 * calls the real function. */
#include "foreign.h"
#include "fault.h"

#include <errno.h>
#include <stdarg.h>

/* The linker's names. */
#define REAL(name) __real_##name
#define WRAP(name) __wrap_##name

#define FOREIGN(name, type, params, args, failure) \
	type REAL(name) params;                    \
	type WRAP(name) params;                    \
	type WRAP(name) params                     \
	{                                          \
		if (fault_due(#name, true)) {      \
			errno = ENOMEM;            \
			return failure;            \
		}                                  \
		return REAL(name) args;            \
	}
/* A failure that may rightly go unnoticed. */
#define FOREIGN_MAY(name, type, params, args, failure) \
	type REAL(name) params;                        \
	type WRAP(name) params;                        \
	type WRAP(name) params                         \
	{                                              \
		if (fault_due(#name, false)) {         \
			errno = EIO;                   \
			return failure;                \
		}                                      \
		return REAL(name) args;                \
	}
#define FOREIGN_PNG(name, params, args)                       \
	void REAL(name) params;                               \
	void WRAP(name) params;                               \
	void WRAP(name) params                                \
	{                                                     \
		if (fault_due(#name, true))                   \
			png_error(a, "a fault was injected"); \
		REAL(name) args;                              \
	}
#define FOREIGN_JPEG(name, type, params, args)                  \
	type REAL(name) params;                                 \
	type WRAP(name) params;                                 \
	type WRAP(name) params                                  \
	{                                                       \
		if (fault_due(#name, true)) {                   \
			a->err->msg_code = JERR_OUT_OF_MEMORY;  \
			(*a->err->error_exit)((j_common_ptr)a); \
		}                                               \
		RETURN_##type REAL(name) args;                  \
	}
#define RETURN_void
#define RETURN_int return
#define RETURN_boolean return
#define RETURN_JDIMENSION return
#define FOREIGN_OWN(name) /* written out below */
#include "foreign.def"

int REAL(open)(const char *path, int flags, ...);
int WRAP(open)(const char *path, int flags, ...);
int
WRAP(open)(const char *path, int flags, ...)
{
	va_list ap;
	int mode = 0;

	if (fault_due("open", true)) {
		errno = ENOSPC;
		return -1;
	}
	if ((flags & O_CREAT) != 0) {
		va_start(ap, flags);
		mode = va_arg(ap, int);
		va_end(ap);
	}
	return REAL(open)(path, flags, mode);
}

/* A descriptor is closed even where close() reports a failure. */
int REAL(close)(int fd);
int WRAP(close)(int fd);
int
WRAP(close)(int fd)
{
	int result = REAL(close)(fd);

	if (!fault_due("close", false))
		return result;
	errno = EIO;
	return -1;
}

/* The type of an option's value follows from its number. */
#undef curl_easy_setopt
CURLcode REAL(curl_easy_setopt)(CURL *curl, CURLoption option, ...);
CURLcode WRAP(curl_easy_setopt)(CURL *curl, CURLoption option, ...);
CURLcode
WRAP(curl_easy_setopt)(CURL *curl, CURLoption option, ...)
{
	CURLcode code;
	va_list ap;

	if (fault_due("curl_easy_setopt", true))
		return CURLE_OUT_OF_MEMORY;
	va_start(ap, option);
	if ((int)option < CURLOPTTYPE_OBJECTPOINT)
		code = REAL(curl_easy_setopt)(curl, option, va_arg(ap, long));
	else if ((int)option < CURLOPTTYPE_OFF_T)
		code = REAL(curl_easy_setopt)(curl, option, va_arg(ap, void *));
	else
		code = REAL(curl_easy_setopt)(
		    curl, option, va_arg(ap, curl_off_t));
	va_end(ap);
	return code;
}

#undef curl_easy_getinfo
CURLcode REAL(curl_easy_getinfo)(CURL *curl, CURLINFO info, ...);
CURLcode WRAP(curl_easy_getinfo)(CURL *curl, CURLINFO info, ...);
CURLcode
WRAP(curl_easy_getinfo)(CURL *curl, CURLINFO info, ...)
{
	CURLcode code;
	va_list ap;

	if (fault_due("curl_easy_getinfo", true))
		return CURLE_OUT_OF_MEMORY;
	va_start(ap, info);
	code = REAL(curl_easy_getinfo)(curl, info, va_arg(ap, void *));
	va_end(ap);
	return code;
}

EVP_PKEY *REAL(EVP_PKEY_Q_keygen)(
    OSSL_LIB_CTX *libctx, const char *propq, const char *type, ...);
EVP_PKEY *WRAP(EVP_PKEY_Q_keygen)(
    OSSL_LIB_CTX *libctx, const char *propq, const char *type, ...);
EVP_PKEY *
WRAP(EVP_PKEY_Q_keygen)(
    OSSL_LIB_CTX *libctx, const char *propq, const char *type, ...)
{
	va_list ap;
	EVP_PKEY *key;

	if (fault_due("EVP_PKEY_Q_keygen", true))
		return NULL;
	if (strcmp(type, "EC") != 0)
		return REAL(EVP_PKEY_Q_keygen)(libctx, propq, type);
	va_start(ap, type);
	key = REAL(EVP_PKEY_Q_keygen)(libctx, propq, type, va_arg(ap, char *));
	va_end(ap);
	return key;
}

/* Options become an array, so that they can be handed on. */
static size_t
daemon_options(va_list ap, struct MHD_OptionItem *items, size_t most)
{
	size_t count = 0;
	int option;

	while ((option = va_arg(ap, int)) != MHD_OPTION_END && count < most) {
		struct MHD_OptionItem *item = &items[count++];

		*item = (struct MHD_OptionItem){
			.option = (enum MHD_OPTION)option
		};
		switch (option) {
		case MHD_OPTION_CONNECTION_MEMORY_LIMIT:
			item->value = (intptr_t)va_arg(ap, size_t);
			break;
		case MHD_OPTION_CONNECTION_LIMIT:
		case MHD_OPTION_CONNECTION_TIMEOUT:
			item->value = (intptr_t)va_arg(ap, unsigned);
			break;
		default: /* a callback and what it is given */
			item->value = (intptr_t)va_arg(ap, void *);
			item->ptr_value = va_arg(ap, void *);
		}
	}
	return count;
}

struct MHD_Daemon *REAL(MHD_start_daemon)(unsigned flags, uint16_t port,
    MHD_AcceptPolicyCallback accept, void *accept_cls,
    MHD_AccessHandlerCallback access, void *access_cls, ...);
struct MHD_Daemon *WRAP(MHD_start_daemon)(unsigned flags, uint16_t port,
    MHD_AcceptPolicyCallback accept, void *accept_cls,
    MHD_AccessHandlerCallback access, void *access_cls, ...);
struct MHD_Daemon *
WRAP(MHD_start_daemon)(unsigned flags, uint16_t port,
    MHD_AcceptPolicyCallback accept, void *accept_cls,
    MHD_AccessHandlerCallback access, void *access_cls, ...)
{
	struct MHD_OptionItem items[17];
	va_list ap;
	size_t count;

	if (fault_due("MHD_start_daemon", true))
		return NULL;
	va_start(ap, access_cls);
	count = daemon_options(ap, items, 16);
	va_end(ap);
	items[count] = (struct MHD_OptionItem){ MHD_OPTION_END, 0, NULL };
	return REAL(MHD_start_daemon)(flags, port, accept, accept_cls, access,
	    access_cls, MHD_OPTION_ARRAY, items, MHD_OPTION_END);
}

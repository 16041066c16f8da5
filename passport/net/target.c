#include "target.h"

#include <carnet/net.h>

#include <netinet/in.h>
#include <string.h>
#include <strings.h>

static const char not_allowed[] =
    "an address must start with https:// (http:// is for this computer only)";

/* What URL parsers disagree about is refused before one of them looks. */
static const char *
characters_fault(struct cn_slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] <= ' ' || text.ptr[i] >= 0x7f ||
		    text.ptr[i] == '\\')
			return "the address has a character that may not "
			       "stand in a URL";
	return NULL;
}

static bool
is_loopback_name(const char *host)
{
	size_t len = strlen(host);

	if (strcasecmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0)
		return true;
	/* curl writes all spellings of an IPv4 address as four decimals. */
	return strncmp(host, "127.", 4) == 0 &&
	       strspn(host, "0123456789.") == len;
}

static const char *
judge(struct target *target)
{
	char *host = NULL, *scheme = NULL;
	const char *fault = "the address cannot be read";

	if (curl_url_get(target->url, CURLUPART_SCHEME, &scheme, 0) ==
		CURLUE_OK &&
	    curl_url_get(target->url, CURLUPART_HOST, &host, 0) == CURLUE_OK) {
		target->https = strcasecmp(scheme, "https") == 0;
		target->loopback = is_loopback_name(host);
		fault = target->https || (strcasecmp(scheme, "http") == 0 &&
					     target->loopback)
			    ? NULL
			    : not_allowed;
	}
	curl_free(host);
	curl_free(scheme);
	return fault;
}

static bool
starts_fold(const char *text, const char *prefix)
{
	return strncasecmp(text, prefix, strlen(prefix)) == 0;
}

static const char *
read_text(const char *text, struct target *out)
{
	CURLUcode rc;

	/* curl is patient with slashes and guesses schemes: we are not. */
	if (!starts_fold(text, "https://") && !starts_fold(text, "http://"))
		return not_allowed;
	if (strncmp(strchr(text, ':'), ":///", 4) == 0)
		return "the address has no host";
	out->url = curl_url();
	if (out->url == NULL)
		return cn_code_text(CN_MEMORY);
	rc = curl_url_set(out->url, CURLUPART_URL, text,
	    CURLU_PATH_AS_IS | CURLU_DISALLOW_USER);
	if (rc == CURLUE_USER_NOT_ALLOWED)
		return "an address must not name a user";
	if (rc != CURLUE_OK)
		return curl_url_strerror(rc);
	return judge(out);
}

const char *
target_read(struct cn_slice text, struct target *out)
{
	char copy[NET_URL + 1];
	size_t len = cn_slice_find(text, '#');
	const char *fault;

	*out = (struct target){ .url = NULL };
	text = cn_slice_sub(text, 0, len);
	if (len > NET_URL)
		return "the address is too long";
	fault = characters_fault(text);
	if (fault != NULL)
		return fault;
	if (len > 0)
		memcpy(copy, text.ptr, len);
	copy[len] = '\0';
	fault = read_text(copy, out);
	if (fault != NULL)
		target_free(out);
	return fault;
}

void
target_free(struct target *target)
{
	curl_url_cleanup(target->url);
	*target = (struct target){ .url = NULL };
}

void
target_print(const struct target *target, struct cn_buf *out)
{
	char *text = NULL;

	if (curl_url_get(target->url, CURLUPART_URL, &text, 0) == CURLUE_OK)
		cn_buf_str(out, text);
	else if (out->code == CN_OK)
		out->code = CN_MEMORY;
	curl_free(text);
}

static bool
same_part(const struct target *a, const struct target *b, CURLUPart part)
{
	char *left = NULL, *right = NULL;
	bool same = curl_url_get(a->url, part, &left, CURLU_DEFAULT_PORT) ==
			CURLUE_OK &&
		    curl_url_get(b->url, part, &right, CURLU_DEFAULT_PORT) ==
			CURLUE_OK &&
		    strcasecmp(left, right) == 0;

	curl_free(left);
	curl_free(right);
	return same;
}

bool
target_same_origin(const struct target *a, const struct target *b)
{
	return same_part(a, b, CURLUPART_SCHEME) &&
	       same_part(a, b, CURLUPART_HOST) &&
	       same_part(a, b, CURLUPART_PORT);
}

static bool
is_own_ipv4(uint32_t address)
{
	return address >> 24 == 127 || address >> 24 == 0;
}

bool
target_is_own(const struct sockaddr *address)
{
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
	uint32_t tail;

	if (address->sa_family == AF_INET) {
		memcpy(&v4, address, sizeof(v4));
		return is_own_ipv4(ntohl(v4.sin_addr.s_addr));
	}
	if (address->sa_family != AF_INET6)
		return false;
	memcpy(&v6, address, sizeof(v6));
	if (IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr) ||
	    IN6_IS_ADDR_UNSPECIFIED(&v6.sin6_addr))
		return true;
	memcpy(&tail, v6.sin6_addr.s6_addr + 12, sizeof(tail));
	return IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr) && is_own_ipv4(ntohl(tail));
}

bool
cn_net_allowed(struct cn_slice url)
{
	struct target target;
	bool allowed = target_read(url, &target) == NULL;

	target_free(&target);
	return allowed;
}

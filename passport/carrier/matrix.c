/*
 * The one place that knows libqrencode.
 *
 * Its input is told no version: it then takes the smallest into which the
 * appended segments fit (ISO/IEC 18004). Its own splitting of a text into
 * segments is sometimes a version worse, so it is never asked for it.
 */
#include <carnet/link.h>
#include <carnet/symbol.h>

#include <errno.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

/* Version 40-L holds 7,089 digits. */
#define MOST_DIGITS 7089

static enum cn_code
foreign_fail(struct cn_error *err)
{
	if (errno == ENOMEM)
		return cn_fail(err, CN_MEMORY, "%s", cn_code_text(CN_MEMORY));
	if (errno == ERANGE)
		return cn_fail(
		    err, CN_TOO_LARGE, "the text does not fit into a symbol");
	return cn_fail(err, CN_FOREIGN, "the symbol could not be made");
}

static enum cn_code
append(QRinput *input, QRencodeMode mode, struct cn_slice text,
    struct cn_error *err)
{
	errno = 0;
	if (QRinput_append(input, mode, (int)text.len, text.ptr) == 0)
		return CN_OK;
	if (errno == EINVAL)
		return cn_fail(
		    err, CN_MALFORMED, "the text cannot stand in a symbol");
	return foreign_fail(err);
}

/* URL and '#' are one segment: another one would cost 12 to 20 bits more. */
static enum cn_code
append_all(QRinput *input, struct cn_slice url, struct cn_slice digits,
    struct cn_error *err)
{
	uint8_t text[CN_LINK_URI + 1];
	enum cn_code code;

	if (digits.len == 0)
		return append(input, QR_MODE_8, url, err);
	memcpy(text, url.ptr, url.len);
	text[url.len] = '#';
	code = append(input, QR_MODE_8, cn_slice_of(text, url.len + 1), err);
	if (code == CN_OK)
		code = append(input, QR_MODE_NUM, digits, err);
	return code;
}

static enum cn_code
copy_matrix(const QRcode *code, struct cn_symbol *out, struct cn_error *err)
{
	size_t count = (size_t)code->width * (size_t)code->width;
	uint8_t *modules = malloc(count);

	if (modules == NULL)
		return cn_fail(err, CN_MEMORY, "%s", cn_code_text(CN_MEMORY));
	for (size_t i = 0; i < count; i++)
		modules[i] = code->data[i] & 1;
	out->version = (unsigned)code->version;
	out->size = (unsigned)code->width;
	out->modules = modules;
	return CN_OK;
}

enum cn_code
cn_symbol_make(struct cn_slice url, struct cn_slice digits, enum cn_ecc ecc,
    struct cn_symbol *out, struct cn_error *err)
{
	static const QRecLevel levels[] = { QR_ECLEVEL_L, QR_ECLEVEL_M,
		QR_ECLEVEL_Q };
	QRinput *input = NULL;
	QRcode *symbol = NULL;
	enum cn_code code;

	*out = (struct cn_symbol){ .ecc = ecc };
	if (url.len == 0)
		return cn_fail(err, CN_MALFORMED, "there is no text");
	if (url.len > CN_LINK_URI || digits.len > MOST_DIGITS)
		return cn_fail(
		    err, CN_TOO_LARGE, "the text does not fit into a symbol");
	errno = 0;
	input = QRinput_new2(0, levels[ecc]);
	if (input == NULL)
		return foreign_fail(err);
	code = append_all(input, url, digits, err);
	if (code != CN_OK)
		goto out;
	errno = 0;
	symbol = QRcode_encodeInput(input);
	code = symbol == NULL ? foreign_fail(err)
			      : copy_matrix(symbol, out, err);
out:
	QRcode_free(symbol);
	QRinput_free(input);
	return code;
}

void
cn_symbol_free(struct cn_symbol *symbol)
{
	free(symbol->modules);
	*symbol = (struct cn_symbol){ .modules = NULL };
}

/*
 *     request ─► route ─► lookup ─► negotiate ─► render ─► respond
 */
#include "service.h"

enum rs_next
rs_serve(void *ctx, struct rs_exchange *exchange)
{
	struct rs_service *service = ctx;
	struct rs_trusted *trusted = rs_trust_hold(service->trust);
	struct rs_route route;
	struct rs_lookup what = {
		.service = service,
		.trust = rs_trust_list(trusted),
		.tiers = CN_TIERS_PUBLIC,
		.route = &route,
	};
	struct rs_found found;
	struct rs_pick pick;
	struct rs_answer answer;
	enum rs_next next;

	rs_route(&exchange->request, exchange->arena, &route);
	next = rs_look_up(&what, exchange, &found);
	if (next == RS_ANSWERED) {
		rs_negotiate(&what, &found, exchange, &pick);
		rs_render(&what, &found, &pick, exchange, &answer);
		rs_respond(&what, &pick, &answer, exchange);
	}
	rs_trust_let_go(trusted);
	return next;
}

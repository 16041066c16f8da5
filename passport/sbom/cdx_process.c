/* CycloneDX: how a thing was made (formulation). */
#include "cdx.h"

static const struct choice task_type_choices[] = {
	{ "copy", 0 },
	{ "clone", 0 },
	{ "lint", 0 },
	{ "scan", 0 },
	{ "merge", 0 },
	{ "build", 0 },
	{ "test", 0 },
	{ "deliver", 0 },
	{ "deploy", 0 },
	{ "release", 0 },
	{ "clean", 0 },
	{ "other", 0 },
	{ NULL, 0 },
};
static const struct shape task_type = SHAPE_CHOICES(task_type_choices);

static const struct choice trigger_type_choices[] = {
	{ "manual", 0 },
	{ "api", 0 },
	{ "webhook", 0 },
	{ "scheduled", 0 },
	{ NULL, 0 },
};
static const struct shape trigger_type = SHAPE_CHOICES(trigger_type_choices);

static const struct choice output_type_type_choices[] = {
	{ "artifact", 0 },
	{ "attestation", 0 },
	{ "log", 0 },
	{ "evidence", 0 },
	{ "metrics", 0 },
	{ "other", 0 },
	{ NULL, 0 },
};
static const struct shape output_type_type = SHAPE_CHOICES(
    output_type_type_choices);

static const struct choice workspace_access_mode_choices[] = {
	{ "read-only", 0 },
	{ "read-write", 0 },
	{ "read-write-once", 0 },
	{ "write-once", 0 },
	{ "write-only", 0 },
	{ NULL, 0 },
};
static const struct shape workspace_access_mode = SHAPE_CHOICES(
    workspace_access_mode_choices);

static const struct choice volume_mode_choices[] = {
	{ "filesystem", 0 },
	{ "block", 0 },
	{ NULL, 0 },
};
static const struct shape volume_mode = SHAPE_CHOICES(volume_mode_choices);

static const struct slot resource_reference_choice_slots[] = {
	{ "ref", &cdx_reference, 0, SLOT_ONE, 0 },
	{ "externalReference", &shape_any, 0, SLOT_ONE, 0 },
};
static const struct shape resource_reference_choice = SHAPE_MEMBERS(
    resource_reference_choice_slots);

static const struct slot resource_reference_choice_list_item = { NULL,
	&resource_reference_choice, 0, 0, 0 };
static const struct shape resource_reference_choice_list = SHAPE_LIST_OF(
    resource_reference_choice_list_item);

static const struct slot task_type_list_item = { NULL, &task_type, 0, 0, 0 };
static const struct shape task_type_list = SHAPE_LIST_OF(task_type_list_item);

static const struct slot event_slots[] = {
	{ "uid", &shape_text, 0, 0, 0 },
	{ "description", &shape_text, 0, 0, 0 },
	{ "timeReceived", &shape_instant, 0, 0, 0 },
	{ "data", &cdx_attachment, 0, 0, 0 },
	{ "source", &resource_reference_choice, 0, 0, 0 },
	{ "target", &resource_reference_choice, 0, 0, 0 },
	{ "properties", &cdx_properties, 0, 0, 0 },
};
static const struct shape event = SHAPE_MEMBERS(event_slots);

static const struct slot condition_slots[] = {
	{ "description", &shape_text, 0, 0, 0 },
	{ "expression", &shape_text, 0, 0, 0 },
	{ "properties", &cdx_properties, 0, 0, 0 },
};
static const struct shape condition = SHAPE_MEMBERS(condition_slots);

static const struct slot condition_list_item = { NULL, &condition, 0, 0, 0 };
static const struct shape condition_list = SHAPE_LIST_OF(condition_list_item);

static const struct slot parameter_slots[] = {
	{ "name", &shape_text, 0, 0, 0 },
	{ "value", &shape_text, 0, 0, 0 },
	{ "dataType", &shape_text, 0, 0, 0 },
};
static const struct shape parameter = SHAPE_MEMBERS(parameter_slots);

static const struct slot parameter_list_item = { NULL, &parameter, 0, 0, 0 };
static const struct shape parameter_list = SHAPE_LIST_OF(parameter_list_item);

static const struct slot environment_kinds[] = {
	{ NULL, &cdx_property, 0, 0, 0 },
	{ NULL, &shape_text, 0, 0, 0 },
};
static const struct shape variable = SHAPE_ONE_OF(environment_kinds);
static const struct slot environment_item = { NULL, &variable, 0, 0, 0 };
static const struct shape environment = SHAPE_LIST_OF(environment_item);

static const struct slot input_type_slots[] = {
	{ "source", &resource_reference_choice, 0, 0, 0 },
	{ "target", &resource_reference_choice, 0, 0, 0 },
	{ "resource", &resource_reference_choice, 0, SLOT_ONE, 0 },
	{ "parameters", &parameter_list, 0, SLOT_ONE, 0 },
	{ "environmentVars", &environment, 0, SLOT_ONE, 0 },
	{ "data", &cdx_attachment, 0, SLOT_ONE, 0 },
	{ "properties", &cdx_properties, 0, 0, 0 },
};
static const struct shape input_type = SHAPE_MEMBERS(input_type_slots);

static const struct slot input_type_list_item = { NULL, &input_type, 0, 0, 0 };
static const struct shape input_type_list = SHAPE_LIST_OF(input_type_list_item);

static const struct slot output_type_slots[] = {
	{ "type", &output_type_type, 0, 0, 0 },
	{ "source", &resource_reference_choice, 0, 0, 0 },
	{ "target", &resource_reference_choice, 0, 0, 0 },
	{ "resource", &resource_reference_choice, 0, SLOT_ONE, 0 },
	{ "data", &cdx_attachment, 0, SLOT_ONE, 0 },
	{ "environmentVars", &environment, 0, SLOT_ONE, 0 },
	{ "properties", &cdx_properties, 0, 0, 0 },
};
static const struct shape output_type = SHAPE_MEMBERS(output_type_slots);

static const struct slot output_type_list_item = { NULL, &output_type, 0, 0,
	0 };
static const struct shape output_type_list = SHAPE_LIST_OF(
    output_type_list_item);

static const struct slot trigger_slots[] = {
	{ "bom-ref", &cdx_reference, 0, SLOT_REQUIRED | SLOT_NOT_EMPTY, 0 },
	{ "uid", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "name", &shape_text, 0, 0, 0 },
	{ "description", &shape_text, 0, 0, 0 },
	{ "resourceReferences", &resource_reference_choice_list, 0, 0, 0 },
	{ "type", &trigger_type, 0, SLOT_REQUIRED, 0 },
	{ "event", &event, 0, 0, 0 },
	{ "conditions", &condition_list, 0, 0, 0 },
	{ "timeActivated", &shape_instant, 0, 0, 0 },
	{ "inputs", &input_type_list, 0, 0, 0 },
	{ "outputs", &output_type_list, 0, 0, 0 },
	{ "properties", &cdx_properties, 0, 0, 0 },
};
static const struct shape trigger = SHAPE_MEMBERS(trigger_slots);

static const struct slot command_slots[] = {
	{ "executed", &shape_text, 0, 0, 0 },
	{ "properties", &cdx_properties, 0, 0, 0 },
};
static const struct shape command = SHAPE_MEMBERS(command_slots);

static const struct slot command_list_item = { NULL, &command, 0, 0, 0 };
static const struct shape command_list = SHAPE_LIST_OF(command_list_item);

static const struct slot step_slots[] = {
	{ "name", &shape_text, 0, 0, 0 },
	{ "description", &shape_text, 0, 0, 0 },
	{ "commands", &command_list, 0, 0, 0 },
	{ "properties", &cdx_properties, 0, 0, 0 },
};
static const struct shape step = SHAPE_MEMBERS(step_slots);

static const struct slot step_list_item = { NULL, &step, 0, 0, 0 };
static const struct shape step_list = SHAPE_LIST_OF(step_list_item);

static const struct slot volume_slots[] = {
	{ "uid", &shape_text, 0, 0, 0 },
	{ "name", &shape_text, 0, 0, 0 },
	{ "mode", &volume_mode, 0, 0, 0 },
	{ "path", &shape_text, 0, 0, 0 },
	{ "sizeAllocated", &shape_text, 0, 0, 0 },
	{ "persistent", &shape_boolean, 0, 0, 0 },
	{ "remote", &shape_boolean, 0, 0, 0 },
	{ "properties", &cdx_properties, 0, 0, 0 },
};
static const struct shape volume = SHAPE_MEMBERS(volume_slots);

static const struct slot workspace_slots[] = {
	{ "bom-ref", &cdx_reference, 0, SLOT_REQUIRED | SLOT_NOT_EMPTY, 0 },
	{ "uid", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "name", &shape_text, 0, 0, 0 },
	{ "aliases", &shape_texts, 0, 0, 0 },
	{ "description", &shape_text, 0, 0, 0 },
	{ "resourceReferences", &resource_reference_choice_list, 0, 0, 0 },
	{ "accessMode", &workspace_access_mode, 0, 0, 0 },
	{ "mountPath", &shape_text, 0, 0, 0 },
	{ "managedDataType", &shape_text, 0, 0, 0 },
	{ "volumeRequest", &shape_text, 0, 0, 0 },
	{ "volume", &volume, 0, 0, 0 },
	{ "properties", &cdx_properties, 0, 0, 0 },
};
static const struct shape workspace = SHAPE_MEMBERS(workspace_slots);

static const struct slot workspace_list_item = { NULL, &workspace, 0, 0, 0 };
static const struct shape workspace_list = SHAPE_LIST_OF(workspace_list_item);

static const struct slot dependency_slots[] = {
	{ "ref", &cdx_reference, 0, SLOT_REQUIRED | SLOT_NOT_EMPTY, 0 },
	{ "dependsOn", &cdx_references, 0, 0, 0 },
	{ "provides", &cdx_references, 0, 0, 6 },
};
static const struct shape dependency = SHAPE_MEMBERS(dependency_slots);

static const struct slot dependency_list_item = { NULL, &dependency, 0, 0, 0 };
static const struct shape dependency_list = SHAPE_LIST_OF(dependency_list_item);

static const struct slot task_slots[] = {
	{ "bom-ref", &cdx_reference, 0, SLOT_REQUIRED | SLOT_NOT_EMPTY, 0 },
	{ "uid", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "name", &shape_text, 0, 0, 0 },
	{ "description", &shape_text, 0, 0, 0 },
	{ "resourceReferences", &resource_reference_choice_list, 0, 0, 0 },
	{ "taskTypes", &task_type_list, 0, SLOT_REQUIRED, 0 },
	{ "trigger", &trigger, 0, 0, 0 },
	{ "steps", &step_list, 0, 0, 0 },
	{ "inputs", &input_type_list, 0, 0, 0 },
	{ "outputs", &output_type_list, 0, 0, 0 },
	{ "timeStart", &shape_instant, 0, 0, 0 },
	{ "timeEnd", &shape_instant, 0, 0, 0 },
	{ "workspaces", &workspace_list, 0, 0, 0 },
	{ "runtimeTopology", &dependency_list, 0, 0, 0 },
	{ "properties", &cdx_properties, 0, 0, 0 },
};
static const struct shape task = SHAPE_MEMBERS(task_slots);

static const struct slot task_list_item = { NULL, &task, 0, 0, 0 };
static const struct shape task_list = SHAPE_LIST_OF(task_list_item);

static const struct slot workflow_slots[] = {
	{ "bom-ref", &cdx_reference, 0, SLOT_REQUIRED | SLOT_NOT_EMPTY, 0 },
	{ "uid", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "name", &shape_text, 0, 0, 0 },
	{ "description", &shape_text, 0, 0, 0 },
	{ "resourceReferences", &resource_reference_choice_list, 0, 0, 0 },
	{ "tasks", &task_list, 0, 0, 0 },
	{ "taskDependencies", &dependency_list, 0, 0, 0 },
	{ "taskTypes", &task_type_list, 0, SLOT_REQUIRED, 0 },
	{ "trigger", &trigger, 0, 0, 0 },
	{ "steps", &step_list, 0, 0, 0 },
	{ "inputs", &input_type_list, 0, 0, 0 },
	{ "outputs", &output_type_list, 0, 0, 0 },
	{ "timeStart", &shape_instant, 0, 0, 0 },
	{ "timeEnd", &shape_instant, 0, 0, 0 },
	{ "workspaces", &workspace_list, 0, 0, 0 },
	{ "runtimeTopology", &dependency_list, 0, 0, 0 },
	{ "properties", &cdx_properties, 0, 0, 0 },
};
static const struct shape workflow = SHAPE_MEMBERS(workflow_slots);

static const struct slot workflow_list_item = { NULL, &workflow, 0, 0, 0 };
static const struct shape workflow_list = SHAPE_LIST_OF(workflow_list_item);

static const struct slot formula_slots[] = {
	{ "bom-ref", &cdx_reference, 0, SLOT_NOT_EMPTY, 0 },
	{ "components", &cdx_other_components, 0, 0, 0 },
	{ "services", &cdx_services, 0, 0, 0 },
	{ "workflows", &workflow_list, 0, 0, 0 },
	{ "properties", &cdx_properties, 0, 0, 0 },
};
static const struct shape formula = SHAPE_MEMBERS(formula_slots);

static const struct slot cdx_formulas_item = { NULL, &formula, 0, 0, 0 };
const struct shape cdx_formulas = SHAPE_LIST_OF(cdx_formulas_item);

/* The scenarios; each file states one room's. */
#ifndef SCENARIOS_H
#define SCENARIOS_H

void faults_base(void **state);
void faults_keys(void **state);
void faults_encrypted(void **state);
void faults_model(void **state);
void faults_label(void **state);
void faults_pages(void **state);
void faults_seal(void **state);
void faults_store(void **state);
void faults_sbom(void **state);

#endif

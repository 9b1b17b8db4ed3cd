/** The steps that run something, by the word in brackets that their progress lines begin with. */
export const stepNames = ["image", "build", "depot", "app", "test"] as const;
export type StepName = (typeof stepNames)[number];

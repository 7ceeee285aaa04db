// FS0810: a plan is read, not written.
open TorchSharp
open TorchSharp.Modules
open type TorchSharp.torch.nn
open InitDsl
open type InitDsl.Dsl

let change (step: PlanStep) =
    step.Law <- step.Law.Scale(2.0) // rejected

// FS0193: both branches of an if are initializers.
open TorchSharp
open TorchSharp.Modules
open type TorchSharp.torch.nn
open InitDsl
open type InitDsl.Dsl

let choose zero = if zero then 0.0 else Kaiming // rejected

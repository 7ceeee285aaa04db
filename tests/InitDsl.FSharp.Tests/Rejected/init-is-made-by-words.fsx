// FS0801: initializers are made by words.
open TorchSharp
open TorchSharp.Modules
open type TorchSharp.torch.nn
open InitDsl
open type InitDsl.Dsl

let mine = Init() // rejected

module InitDsl.Tests.CoreTests

open TorchSharp
open Xunit

[<Fact>]
let ``F# opens InitDsl and TorchSharp side by side`` () =
    use ones = torch.ones (2L, 2L)
    Assert.Equal(4.0f, ones.sum().item<float32> ())

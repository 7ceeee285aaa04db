namespace InitDsl.Tests;

// Types for When<T>() to match, with a base class as TorchSharp's layers have.
internal abstract class FakeModule;

internal sealed class FakeLinear : FakeModule;

internal abstract class FakeConvolution : FakeModule;

internal sealed class FakeConv : FakeConvolution;

internal sealed class FakeConvTranspose : FakeConvolution;

internal sealed class FakeNorm : FakeModule;

internal sealed class FakeGroupNorm : FakeModule;

internal sealed class FakeEmbedding : FakeModule;

internal sealed class FakeLstm : FakeModule;

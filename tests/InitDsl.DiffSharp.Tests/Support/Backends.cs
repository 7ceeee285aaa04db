using Microsoft.FSharp.Core;

namespace InitDsl.Tests;

/// <summary>The backends that the tests have.</summary>
internal static class Backends
{
    internal const string Reference = nameof(Reference);
    internal const string Torch = nameof(Torch);

    internal static bool Has(string backend) => File.Exists(Path.Combine(AppContext.BaseDirectory, $"DiffSharp.Backends.{backend}.dll"));

    /// <summary>Makes it DiffSharp's default while the test runs. Skips the test where it is not there.</summary>
    internal static IDisposable Use(string backend, Dtype? dtype = null)
    {
        Assert.SkipUnless(Has(backend), $"The feed that DIFFSHARP_FEED names has no DiffSharp.Backends.{backend}.");
        return new Configured(backend == Torch ? Backend.Torch : Backend.Reference, dtype ?? Dtype.Float32);
    }

    private sealed class Configured : IDisposable
    {
        internal Configured(Backend backend, Dtype dtype) => Set(backend, dtype);

        public void Dispose() => Set(Backend.Reference, Dtype.Float32);

        private static void Set(Backend backend, Dtype dtype) =>
            dsharp.config(FSharpOption<Device>.None, new FSharpOption<Dtype>(dtype), new FSharpOption<Backend>(backend), null);
    }
}

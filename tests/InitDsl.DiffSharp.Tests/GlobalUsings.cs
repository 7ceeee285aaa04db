global using DiffSharp;
global using DiffSharp.Model;
global using InitDsl;
global using static InitDsl.Dsl;
global using Shape = InitDsl.Shape;

// DiffSharp's default backend and its generator belong to the process.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

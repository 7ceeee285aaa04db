// The runtime looks for a class of this name, without a namespace, in the assembly of DOTNET_STARTUP_HOOKS.

/// <summary>Loads this assembly into a test program, whose own list of assemblies does not have it.</summary>
internal static class StartupHook
{
    public static void Initialize() => _ = InitDsl.Mutation.Switch.Active;
}

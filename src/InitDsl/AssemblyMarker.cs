namespace InitDsl;

internal static class AssemblyMarker;

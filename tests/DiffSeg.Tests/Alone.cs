namespace DiffSeg.Tests;

/// <summary>Tests that must run while no other does, as they look at the memory of the whole process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class Alone
{
    public const string Name = "Alone";
}

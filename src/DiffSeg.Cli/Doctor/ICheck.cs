namespace DiffSeg.Cli.Doctor;

/// <summary>One thing to examine.</summary>
internal interface ICheck
{
    /// <summary>What is examined; stands in the report when the check itself breaks.</summary>
    string Subject { get; }

    /// <summary>Examines it.</summary>
    IEnumerable<Finding> Examine();
}

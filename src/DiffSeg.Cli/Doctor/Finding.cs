namespace DiffSeg.Cli.Doctor;

/// <summary>How a finding is to be taken.</summary>
internal enum Health
{
    /// <summary>Works.</summary>
    Good,

    /// <summary>Worth knowing; nothing is broken.</summary>
    Note,

    /// <summary>Does not work, and segmenting needs it.</summary>
    Bad,
}

/// <summary>One line of the doctor's report.</summary>
/// <param name="Subject">What was examined.</param>
/// <param name="Health">How it is.</param>
/// <param name="Text">What was found and, when it is bad, what to do.</param>
internal sealed record Finding(string Subject, Health Health, string Text);

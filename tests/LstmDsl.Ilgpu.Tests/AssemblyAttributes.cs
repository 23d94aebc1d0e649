// ILGPU's CPU accelerator has a thread for each of a device's: more than one test at a time would only make them wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

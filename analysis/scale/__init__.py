"""More comments than memory holds: the same sorting over Parquet parts that the owner holds.

Parts are cut into slices. Each slice is sorted by itself, on this machine (joblib) or on many (Dask), and its
results are put on disk in one step; then they are added up. What was done stays done when a run is killed.
"""

import sys

from feedback import create_app
from feedback.settings import SettingError
from feedback.store.encryption import KeyFileError

try:
    app = create_app()
except (SettingError, KeyFileError) as error:
    sys.exit(f"Heard can't start. {error}")

"""Jobs about invitations."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from annotator.actions.inviting import MAIL, mail_invitation

from .requests import of_its_request


@app.task(name=MAIL, retry=RetryStrategy(max_attempts=6, exponential_wait=4))
@of_its_request
def send_invitation(invitation_id: int, site: str) -> None:
    mail_invitation(invitation_id, site)
